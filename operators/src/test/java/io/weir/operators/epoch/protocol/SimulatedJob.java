package io.weir.operators.epoch.protocol;

import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.message.Inquire;
import io.weir.operators.epoch.message.Prepare;
import io.weir.operators.epoch.protocol.Member.Place;
import io.weir.operators.epoch.protocol.SimulatedSubtask.Barrier;
import io.weir.operators.epoch.protocol.SimulatedSubtask.Row;
import io.weir.operators.epoch.protocol.SimulatedSubtask.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
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

  private final Random random;
  private final boolean failJobWhenMixed;
  private final int regions;
  private final int parallelism;
  private final Map<Place, SimulatedSubtask> subtasks = new HashMap<>();
  private final Deque<Runnable> jobManager = new ArrayDeque<>();
  private final Answers answers = new Answers();

  private EpochProtocol protocol;
  private long newestVersion;
  private @Nullable Document newestUsable;
  private long proposals;
  private long nextCheckpoint = 1;
  private final Map<Long, Document> stored = new HashMap<>();
  private long lastCompleted = EpochProtocol.NO_CHECKPOINT;
  private @Nullable Pending pending;
  private boolean failJob;
  private final Map<Place, Integer> attempts = new HashMap<>();

  private final List<Row> committed = new ArrayList<>();
  private final List<String> wronglyRestored = new ArrayList<>();
  private final List<String> torn = new ArrayList<>();
  private final Map<Long, Set<Document>> confirmed = new HashMap<>();
  int aborts;
  int mixedRestarts;
  int switches;
  private boolean faults = true;

  /** A checkpoint that has begun. */
  private static final class Pending {
    final long id;
    final boolean savepoint;
    final Set<String> confirmedBy = new HashSet<>();
    final Set<Member> expected = new HashSet<>();
    final Map<Member, Snapshot> acknowledged = new HashMap<>();

    Pending(long id, boolean savepoint) {
      this.id = id;
      this.savepoint = savepoint;
    }
  }

  SimulatedJob(long seed, boolean failJobWhenMixed) {
    random = new Random(seed);
    this.failJobWhenMixed = failJobWhenMixed;
    regions = 1 + random.nextInt(2);
    parallelism = 1 + random.nextInt(3);
    protocol = new EpochProtocol(new Effects(), failJobWhenMixed);
    for (int region = 0; region < regions; region++) {
      deploy(region);
    }
  }

  List<Row> committed() {
    return committed;
  }

  /** Subtasks that began under another version than their checkpoint holds. */
  List<String> wronglyRestored() {
    return wronglyRestored;
  }

  /** Checkpoints whose subtasks were under different versions, and times of rest when they were. */
  List<String> torn() {
    return torn;
  }

  Set<Document> confirmedAt(long checkpoint) {
    return confirmed.getOrDefault(checkpoint, Set.of());
  }

  Set<Long> checkpoints() {
    return confirmed.keySet();
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
      subtask.knownAborted = nextCheckpoint - 1;
      subtask.restoredFrom = lastCompleted;
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
    return "pending %s, last completed %d, current %s, waiting %s, running %s, in the JobManager %d"
        .formatted(
            pending == null
                ? "none"
                : pending.id
                    + " confirmed by "
                    + pending.confirmedBy
                    + " acknowledged "
                    + pending.acknowledged.keySet()
                    + " of "
                    + pending.expected,
            lastCompleted,
            protocol.current(),
            protocol.isWaiting(),
            subtasks.values().stream().map(SimulatedSubtask::describe).toList(),
            jobManager.size());
  }

  /** Moves one part of the job one step on. */
  void step() {
    if (isQuiet() && versions().size() > 1) {
      torn.add("at rest under " + versions() + " after checkpoint " + (nextCheckpoint - 1));
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
      trigger();
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
    return pending == null
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
      abort();
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

  private void trigger() {
    boolean allRun = subtasks.values().stream().allMatch(SimulatedSubtask::isRunning);
    if (pending == null && allRun) {
      Pending begun = new Pending(nextCheckpoint++, random.nextInt(8) == 0);
      subtasks.values().forEach(subtask -> begun.expected.add(subtask.member()));
      pending = begun;
      for (String operator : List.of(FIRST, SECOND)) {
        jobManager.add(() -> ask(begun, operator));
      }
    }
  }

  private void ask(Pending checkpoint, String operator) {
    if (checkpoint != pending) {
      return;
    }
    protocol.checkpoint(
        checkpoint.id,
        new Completion() {
          @Override
          public void confirm(Document document) {
            confirmed.computeIfAbsent(checkpoint.id, id -> new HashSet<>()).add(document);
            jobManager.add(() -> confirmed(checkpoint, operator, document));
          }

          @Override
          public void decline(String reason) {
            jobManager.add(() -> declined(checkpoint));
          }
        });
  }

  private void confirmed(Pending checkpoint, String operator, Document document) {
    checkpoint.confirmedBy.add(operator);
    stored.put(checkpoint.id, document);
    if (checkpoint == pending && checkpoint.confirmedBy.size() == 2) {
      for (SimulatedSubtask subtask : subtasks.values()) {
        if (subtask.member().place().operator().equals(FIRST)) {
          subtask.triggers.add(new Barrier(checkpoint.id, false));
        }
      }
    }
  }

  private void declined(Pending checkpoint) {
    if (checkpoint == pending) {
      abort();
    }
  }

  private void abort() {
    Pending aborted = pending;
    if (aborted == null) {
      return;
    }
    pending = null;
    aborts++;
    jobManager.add(() -> protocol.aborted(aborted.id));
    jobManager.add(() -> protocol.aborted(aborted.id));
    for (SimulatedSubtask subtask : subtasks.values()) {
      // The notification overtakes what waits in the mailbox, or does not, or gets lost.
      Barrier notice = new Barrier(aborted.id, true);
      switch (random.nextInt(3)) {
        case 0 -> subtask.mailbox.addFirst(notice);
        case 1 -> subtask.mailbox.add(notice);
        default -> {}
      }
    }
  }

  private void acknowledged(Member member, long checkpoint, Snapshot snapshot) {
    Pending open = pending;
    if (open == null || open.id != checkpoint) {
      return;
    }
    open.acknowledged.put(member, snapshot);
    if (open.acknowledged.keySet().equals(open.expected)) {
      pending = null;
      if (open.savepoint) {
        return;
      }
      complete(open);
    }
  }

  private void complete(Pending done) {
    lastCompleted = done.id;
    Set<Long> versions =
        done.acknowledged.values().stream().map(Snapshot::version).collect(Collectors.toSet());
    if (versions.size() > 1) {
      torn.add("checkpoint " + done.id + " is under " + versions);
    }
    for (Map.Entry<Member, Snapshot> entry : done.acknowledged.entrySet()) {
      SimulatedSubtask subtask = Objects.requireNonNull(subtasks.get(entry.getKey().place()));
      List<Row> rows = entry.getValue().rows();
      committed.addAll(rows);
      subtask.rows.subList(0, rows.size()).clear();
    }
    for (int i = 0; i < 2; i++) {
      jobManager.add(() -> protocol.completed(done.id));
    }
  }

  private void failRegion(int region) {
    abort();
    for (Place place : places(region)) {
      Member failed = Objects.requireNonNull(subtasks.get(place)).member();
      jobManager.add(() -> protocol.failed(failed));
    }
    long checkpoint = lastCompleted;
    for (Place place : places(region)) {
      jobManager.add(() -> protocol.reset(place, checkpoint));
    }
    deploy(region);
  }

  private void failGlobally() {
    abort();
    drainJobManager();
    for (SimulatedSubtask subtask : subtasks.values()) {
      protocol.failed(subtask.member());
    }
    restoreAll();
  }

  private void restoreAll() {
    Document document = stored.get(lastCompleted);
    for (String operator : List.of(FIRST, SECOND)) {
      protocol.restored(operator, lastCompleted, document);
    }
    for (int region = 0; region < regions; region++) {
      deploy(region);
    }
  }

  private void replaceJobManager() {
    abort();
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
      jobManager.add(() -> SimulatedJob.this.acknowledged(member, checkpoint, snapshot));
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
        Document held = stored.get(subtask.restoredFrom);
        if (held != null && !held.equals(document)) {
          wronglyRestored.add(member + " under " + document + " instead of " + held);
        }
        if (checkpoint != subtask.restoredFrom) {
          wronglyRestored.add(
              member + " from " + checkpoint + " instead of " + subtask.restoredFrom);
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
      switches++;
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
      mixedRestarts++;
      failJob = true;
    }
  }
}
