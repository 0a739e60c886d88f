package io.weir.operators.epoch.protocol;

import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.message.Inquire;
import io.weir.operators.epoch.message.Prepare;
import io.weir.operators.epoch.protocol.Member.Place;
import io.weir.operators.epoch.protocol.SimulatedSubtask.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A job of two operators in one or two regions, its JobManager and its faults, as far as the
 * decisions about versions can see them. One seed decides everything: who moves next, how long
 * messages take, which checkpoints are aborted, what fails.
 *
 * <p>Follows Flink: events reach a subtask in order, checkpoints are triggered only while all run,
 * barriers are aligned, a subtask that knows of an abort before the barrier does not run its hooks,
 * and a failure takes its region back to the last completed checkpoint.
 */
final class SimulatedJob {

  private static final String FIRST = "first";
  private static final String SECOND = "second";
  private static final List<String> OPERATORS = List.of(FIRST, SECOND);

  private final Random random;
  private final boolean failJobWhenMixed;
  private final int regions;
  private final int parallelism;
  private final Map<Place, SimulatedSubtask> subtasks = new HashMap<>();
  private final Map<Place, Integer> attempts = new HashMap<>();
  private final Deque<Runnable> jobManager = new ArrayDeque<>();
  private final Answers answers = new Answers();
  private final Observed observed = new Observed();
  private final SimulatedCheckpoints checkpoints;

  private EpochProtocol protocol;
  private long newestVersion;
  private @Nullable Document newestUsable;
  private long proposals;
  private boolean failJob;
  private boolean faults = true;

  SimulatedJob(long seed, boolean failJobWhenMixed) {
    random = new Random(seed);
    this.failJobWhenMixed = failJobWhenMixed;
    regions = 1 + random.nextInt(2);
    parallelism = 1 + random.nextInt(3);
    protocol = new EpochProtocol(new Effects(), failJobWhenMixed);
    checkpoints =
        new SimulatedCheckpoints(OPERATORS, random, subtasks, jobManager, () -> protocol, observed);
    for (int region = 0; region < regions; region++) {
      deploy(region);
    }
  }

  Observed observed() {
    return observed;
  }

  /** What all subtasks are under. */
  Set<Long> versions() {
    return subtasks.values().stream().map(subtask -> subtask.version).collect(Collectors.toSet());
  }

  long newestVersion() {
    return newestVersion;
  }

  // Subtasks of a region are numbered on from the last region's.
  private List<Place> places(int region) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      places.add(new Place(FIRST, region * parallelism + i));
      places.add(new Place(SECOND, region * parallelism + i));
    }
    return places;
  }

  private void deploy(int region) {
    List<SimulatedSubtask> firsts = new ArrayList<>();
    List<SimulatedSubtask> seconds = new ArrayList<>();
    for (Place place : places(region)) {
      int attempt = attempts.merge(place, 1, Integer::sum) - 1;
      SimulatedSubtask subtask = new SimulatedSubtask(new Member(place, attempt));
      subtask.knownAborted = checkpoints.latest();
      subtask.restoredFrom = checkpoints.lastCompleted();
      subtasks.put(place, subtask);
      (place.operator().equals(FIRST) ? firsts : seconds).add(subtask);
      jobManager.add(() -> protocol.hello(subtask.member()));
    }
    for (SimulatedSubtask first : firsts) {
      seconds.forEach(first::connect);
    }
  }

  /** What is under way, for a failed test. */
  String describe() {
    return "%s, current %s, waiting %s, running %s, in the JobManager %d"
        .formatted(
            checkpoints.describe(),
            protocol.current(),
            protocol.isWaiting(),
            subtasks.values().stream().map(SimulatedSubtask::describe).toList(),
            jobManager.size());
  }

  /** Moves one part of the job one step on. */
  void step() {
    if (isQuiet()) {
      observed.rest(versions(), checkpoints.latest());
    }
    int what = random.nextInt(100);
    if (failJob) {
      failJob = false;
      failGlobally();
    } else if (what < 30) {
      runJobManager();
    } else if (what < 85) {
      any().move(random, answers);
    } else if (what < 92) {
      checkpoints.trigger();
    } else if (what < 95) {
      propose();
    } else if (faults) {
      fault();
    } else {
      protocol.repeat();
    }
  }

  /** Nothing is under way that could still change a version. */
  private boolean isQuiet() {
    return !checkpoints.isAnyPending()
        && !failJob
        && jobManager.isEmpty()
        && !protocol.isWaiting()
        && subtasks.values().stream()
            .allMatch(
                subtask ->
                    subtask.isRunning() && subtask.mailbox.isEmpty() && subtask.triggers.isEmpty());
  }

  private SimulatedSubtask any() {
    List<SimulatedSubtask> all = List.copyOf(subtasks.values());
    return all.get(random.nextInt(all.size()));
  }

  private void runJobManager() {
    Runnable next = jobManager.poll();
    if (next != null) {
      next.run();
    }
  }

  private void propose() {
    if (!faults) {
      return;
    }
    String text = random.nextInt(6) == 0 ? "bad " + random.nextInt(regions * parallelism) : "good";
    newestVersion = nextVersion();
    Document document = new Document(newestVersion, "h" + newestVersion, text);
    if (text.equals("good")) {
      newestUsable = document;
    } else if (protocol.current() == null) {
      // A job cannot begin under a version that its subtasks refuse.
      return;
    }
    protocol.offer(document);
  }

  /** Numbers fall as often as they rise: where a history was adopted, they may. */
  private long nextVersion() {
    proposals++;
    return proposals % 4 < 2 ? proposals : 1_000_000 - proposals;
  }

  /** From here on nothing fails; a last version is proposed, which must come into force. */
  void endFaults() {
    faults = false;
    newestVersion = nextVersion();
    newestUsable = new Document(newestVersion, "h" + newestVersion, "good");
    protocol.offer(newestUsable);
  }

  private void fault() {
    int what = random.nextInt(12);
    if (what < 6) {
      checkpoints.abort();
    } else if (what < 8) {
      failRegion(random.nextInt(regions));
    } else if (what < 9) {
      failGlobally();
    } else if (what < 10) {
      replaceJobManager();
    } else {
      protocol.repeat();
    }
  }

  private void failRegion(int region) {
    checkpoints.abort();
    for (Place place : places(region)) {
      Member failed = Objects.requireNonNull(subtasks.get(place)).member();
      jobManager.add(() -> protocol.failed(failed));
    }
    long checkpoint = checkpoints.lastCompleted();
    for (Place place : places(region)) {
      jobManager.add(() -> protocol.reset(place, checkpoint));
    }
    deploy(region);
  }

  private void failGlobally() {
    checkpoints.abort();
    drainJobManager();
    for (SimulatedSubtask subtask : subtasks.values()) {
      protocol.failed(subtask.member());
    }
    restoreAll();
  }

  private void restoreAll() {
    long checkpoint = checkpoints.lastCompleted();
    Document document = checkpoints.storedIn(checkpoint);
    for (String operator : OPERATORS) {
      protocol.restored(operator, checkpoint, document);
    }
    for (int region = 0; region < regions; region++) {
      deploy(region);
    }
  }

  private void replaceJobManager() {
    checkpoints.abort();
    jobManager.clear();
    failJob = false;
    protocol = new EpochProtocol(new Effects(), failJobWhenMixed);
    jobManager.add(this::offerNewest);
    restoreAll();
  }

  private void offerNewest() {
    if (newestUsable != null) {
      protocol.offer(newestUsable);
    }
  }

  private void drainJobManager() {
    while (!jobManager.isEmpty()) {
      runJobManager();
    }
  }

  /** What subtasks answer is heard later. */
  private final class Answers implements SimulatedSubtask.Answers {

    @Override
    public void prepared(Member member, long checkpoint, int round, @Nullable String refusal) {
      jobManager.add(() -> protocol.prepared(member, checkpoint, round, refusal));
    }

    @Override
    public void standing(Member member, long checkpoint, boolean switched) {
      jobManager.add(() -> protocol.standing(member, checkpoint, switched));
    }

    @Override
    public void acknowledged(Member member, long checkpoint, Snapshot snapshot) {
      jobManager.add(() -> checkpoints.acknowledged(member, checkpoint, snapshot));
    }
  }

  private final class Effects implements EpochEffects {

    private void send(Member member, Object message) {
      SimulatedSubtask subtask = subtasks.get(member.place());
      if (subtask != null && subtask.member().equals(member)) {
        subtask.mailbox.add(message);
      }
    }

    @Override
    public void prepare(Member member, Prepare message) {
      send(member, message);
    }

    @Override
    public void inquire(Member member, Inquire message) {
      send(member, message);
    }

    @Override
    public void welcome(Member member, Document document, long checkpoint) {
      SimulatedSubtask subtask = subtasks.get(member.place());
      if (faults && random.nextInt(20) == 0) {
        // The answer gets lost; who asks again may have been replaced when that is heard.
        jobManager.add(() -> protocol.hello(member));
        return;
      }
      if (subtask != null && subtask.member().equals(member) && !subtask.isRunning()) {
        Document held = checkpoints.storedIn(subtask.restoredFrom);
        if (held != null && !held.equals(document)) {
          observed.restoreWrongly(member, document, held);
        }
        if (checkpoint != subtask.restoredFrom) {
          observed.restoreWrongly(
              member, "checkpoint " + checkpoint, "checkpoint " + subtask.restoredFrom);
        }
        subtask.begin(document);
      }
    }

    @Override
    public void wantCheckpoint() {
      // Checkpoints come all the time.
    }

    @Override
    public void inForce(long checkpoint, Document document, int members) {
      observed.switches++;
    }

    @Override
    public void refused(Document document, long checkpoint, String reason) {
      // What is in force instead is seen.
    }

    @Override
    public void switchAborted(long checkpoint) {
      // Counted by its effects.
    }

    @Override
    public void failJob(String reason) {
      observed.mixedRestarts++;
      failJob = true;
    }
  }
}
