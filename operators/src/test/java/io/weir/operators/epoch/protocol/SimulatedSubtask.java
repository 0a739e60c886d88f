package io.weir.operators.epoch.protocol;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.message.Inquire;
import io.weir.operators.epoch.message.Prepare;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a subtask: its mailbox, its channels, and the rows that it has made. Moves as
 * Flink's tasks do: barriers are aligned, and one that knows of an abort before the barrier does
 * not run its hooks.
 */
final class SimulatedSubtask implements Configured<String> {

  /** A record on its way, by the version that its maker was under. */
  record Datum(long version) {}

  /** A barrier on its way; an aborted one has the receiver let go of the checkpoint. */
  record Barrier(long checkpoint, boolean aborted) {}

  /** A row of the last operator: under which versions it was made. */
  record Row(long first, long second) {
    boolean isMixed() {
      return first != second;
    }
  }

  /** A subtask's part of a checkpoint. */
  record Snapshot(long version, List<Row> rows) {}

  /** Takes what a subtask says to the JobManager. */
  interface Answers {

    void prepared(Member member, long checkpoint, int round, @Nullable String refusal);

    void standing(Member member, long checkpoint, boolean switched);

    void acknowledged(Member member, long checkpoint, Snapshot snapshot);
  }

  enum Type implements ConfigurationType<String> {
    INSTANCE;

    @Override
    public String schema() {
      return "{}";
    }

    @Override
    public String decode(String document) {
      return document;
    }
  }

  private static final int CHANNEL = 4;

  private final Member member;
  final Deque<Object> mailbox = new ArrayDeque<>();
  final Deque<Barrier> triggers = new ArrayDeque<>();
  private final List<Deque<Object>> inputs = new ArrayList<>();
  private final List<Deque<Object>> outputs = new ArrayList<>();
  final List<Row> rows = new ArrayList<>();
  private final List<Boolean> blocked = new ArrayList<>();
  private long aligning = -1;
  long knownAborted = -1;
  private long lastBarrier = -1;
  long restoredFrom = -1;
  long version = -1;
  private @Nullable SubtaskEpoch<String> epoch;

  SimulatedSubtask(Member member) {
    this.member = member;
  }

  Member member() {
    return member;
  }

  /** Sends its records to another one, too. */
  void connect(SimulatedSubtask receiver) {
    Deque<Object> channel = new ArrayDeque<>();
    outputs.add(channel);
    receiver.inputs.add(channel);
    receiver.blocked.add(false);
  }

  boolean isRunning() {
    return epoch != null;
  }

  void begin(Document document) {
    try {
      epoch = new SubtaskEpoch<>(this, document);
    } catch (InvalidConfigurationException e) {
      throw new IllegalStateException("welcomed under a version that was refused", e);
    }
  }

  @Override
  public ConfigurationType<String> configurationType() {
    return Type.INSTANCE;
  }

  /** The document {@code bad 1} is refused by every first attempt of subtask 1, and so on. */
  @Override
  public void check(String configuration) throws InvalidConfigurationException {
    if (configuration.equals("bad " + member.place().subtask())) {
      throw new InvalidConfigurationException("not here");
    }
  }

  @Override
  public void configure(VersionedConfiguration<String> configuration) {
    version = configuration.version();
  }

  /** Goes one step on: by a message, a record or a barrier. */
  void move(Random random, Answers answers) {
    if (!isRunning()) {
      return;
    }
    // Triggers and events come by different ways.
    Object mail =
        switch (random.nextInt(3)) {
          case 0 -> null;
          case 1 -> triggers.poll();
          default -> mailbox.poll();
        };
    if (mail != null) {
      handle(mail, answers);
    } else if (inputs.isEmpty()) {
      Deque<Object> channel = outputs.get(random.nextInt(outputs.size()));
      if (channel.size() < CHANNEL) {
        channel.add(new Datum(version));
      }
    } else {
      read(random.nextInt(inputs.size()), answers);
    }
  }

  private void handle(Object mail, Answers answers) {
    SubtaskEpoch<String> running = Objects.requireNonNull(epoch);
    if (mail instanceof Prepare prepare) {
      String refusal = running.prepare(prepare);
      answers.prepared(member, prepare.checkpoint(), prepare.round(), refusal);
    } else if (mail instanceof Inquire inquire) {
      boolean switched = running.standsBehind(inquire.checkpoint());
      answers.standing(member, inquire.checkpoint(), switched);
    } else if (mail instanceof Barrier barrier) {
      if (barrier.aborted()) {
        letGo(barrier.checkpoint());
      } else if (barrier.checkpoint() <= knownAborted) {
        emit(new Barrier(barrier.checkpoint(), true));
      } else {
        pass(barrier.checkpoint(), answers);
      }
    }
  }

  // Of an aborted checkpoint, whose barrier may still come.
  private void letGo(long checkpoint) {
    knownAborted = Math.max(knownAborted, checkpoint);
    if (aligning >= 0 && aligning <= checkpoint) {
      aligning = -1;
      blocked.replaceAll(was -> false);
    }
  }

  private void read(int channel, Answers answers) {
    if (blocked.get(channel)) {
      return;
    }
    Object element = inputs.get(channel).poll();
    if (element instanceof Datum record) {
      rows.add(new Row(record.version(), version));
    } else if (element instanceof Barrier barrier) {
      align(channel, barrier, answers);
    }
  }

  private void align(int channel, Barrier barrier, Answers answers) {
    if (barrier.aborted()) {
      letGo(barrier.checkpoint());
      return;
    }
    if (barrier.checkpoint() <= knownAborted
        || barrier.checkpoint() < aligning
        || barrier.checkpoint() <= lastBarrier) {
      return;
    }
    if (barrier.checkpoint() > aligning) {
      aligning = barrier.checkpoint();
      blocked.replaceAll(was -> false);
    }
    blocked.set(channel, true);
    if (!blocked.contains(false)) {
      aligning = -1;
      blocked.replaceAll(was -> false);
      pass(barrier.checkpoint(), answers);
    }
  }

  private void pass(long checkpoint, Answers answers) {
    if (checkpoint <= lastBarrier) {
      return;
    }
    lastBarrier = checkpoint;
    Objects.requireNonNull(epoch).switchAt(checkpoint);
    emit(new Barrier(checkpoint, false));
    answers.acknowledged(member, checkpoint, new Snapshot(version, List.copyOf(rows)));
  }

  private void emit(Barrier barrier) {
    outputs.forEach(channel -> channel.add(barrier));
  }

  /** What is under way, for a failed test. */
  String describe() {
    List<String> waiting =
        inputs.stream()
            .map(
                channel ->
                    channel.size()
                        + " with "
                        + channel.stream().filter(each -> each instanceof Barrier).toList())
            .toList();
    return "%s v%d mail %s in %s aligning %d"
        .formatted(member, version, mailbox, waiting, aligning);
  }
}
