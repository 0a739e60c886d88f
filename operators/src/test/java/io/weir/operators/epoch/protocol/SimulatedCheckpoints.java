package io.weir.operators.epoch.protocol;

import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.protocol.Member.Place;
import io.weir.operators.epoch.protocol.SimulatedSubtask.Barrier;
import io.weir.operators.epoch.protocol.SimulatedSubtask.Row;
import io.weir.operators.epoch.protocol.SimulatedSubtask.Snapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What Flink's coordinator of checkpoints does, one at a time: asks every operator, sends barriers,
 * gathers snapshots; or aborts. A savepoint completes, but nobody is told.
 */
final class SimulatedCheckpoints {

  private final List<String> operators;
  private final Random random;
  private final Map<Place, SimulatedSubtask> subtasks;
  private final Queue<Runnable> jobManager;
  private final Supplier<EpochProtocol> protocol;
  private final Observed observed;

  private final Map<Long, Document> stored = new HashMap<>();
  private long next = 1;
  private long lastCompleted = EpochProtocol.NO_CHECKPOINT;
  private @Nullable Pending pending;

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

  SimulatedCheckpoints(
      List<String> operators,
      Random random,
      Map<Place, SimulatedSubtask> subtasks,
      Queue<Runnable> jobManager,
      Supplier<EpochProtocol> protocol,
      Observed observed) {
    this.operators = operators;
    this.random = random;
    this.subtasks = subtasks;
    this.jobManager = jobManager;
    this.protocol = protocol;
    this.observed = observed;
  }

  boolean isAnyPending() {
    return pending != null;
  }

  /** The one that was triggered last. */
  long latest() {
    return next - 1;
  }

  long lastCompleted() {
    return lastCompleted;
  }

  /** What operators have in a checkpoint; null if they have nothing. */
  @Nullable Document storedIn(long checkpoint) {
    return stored.get(checkpoint);
  }

  void trigger() {
    boolean allRun = subtasks.values().stream().allMatch(SimulatedSubtask::isRunning);
    if (pending == null && allRun) {
      Pending begun = new Pending(next++, random.nextInt(8) == 0);
      subtasks.values().forEach(subtask -> begun.expected.add(subtask.member()));
      pending = begun;
      for (String operator : operators) {
        jobManager.add(() -> ask(begun, operator));
      }
    }
  }

  private void ask(Pending checkpoint, String operator) {
    if (checkpoint != pending) {
      return;
    }
    protocol
        .get()
        .checkpoint(
            checkpoint.id,
            new Completion() {
              @Override
              public void confirm(Document document) {
                observed.confirm(checkpoint.id, document);
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
    if (checkpoint == pending && checkpoint.confirmedBy.size() == operators.size()) {
      for (SimulatedSubtask subtask : subtasks.values()) {
        if (subtask.member().place().operator().equals(operators.get(0))) {
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

  void abort() {
    Pending aborted = pending;
    if (aborted == null) {
      return;
    }
    pending = null;
    jobManager.add(() -> protocol.get().aborted(aborted.id));
    jobManager.add(() -> protocol.get().aborted(aborted.id));
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

  void acknowledged(Member member, long checkpoint, Snapshot snapshot) {
    Pending open = pending;
    if (open == null || open.id != checkpoint) {
      return;
    }
    open.acknowledged.put(member, snapshot);
    if (open.acknowledged.keySet().equals(open.expected)) {
      pending = null;
      if (!open.savepoint) {
        complete(open);
      }
    }
  }

  private void complete(Pending done) {
    lastCompleted = done.id;
    observed.complete(done.id, done.acknowledged.values());
    for (Map.Entry<Member, Snapshot> entry : done.acknowledged.entrySet()) {
      SimulatedSubtask subtask = Objects.requireNonNull(subtasks.get(entry.getKey().place()));
      List<Row> rows = entry.getValue().rows();
      observed.commit(rows);
      subtask.rows.subList(0, rows.size()).clear();
    }
    for (int i = 0; i < 2; i++) {
      jobManager.add(() -> protocol.get().completed(done.id));
    }
  }

  /** What is under way, for a failed test. */
  String describe() {
    String open =
        pending == null
            ? "none"
            : "%d confirmed by %s acknowledged %s of %s"
                .formatted(
                    pending.id,
                    pending.confirmedBy,
                    pending.acknowledged.keySet(),
                    pending.expected);
    return "pending %s, last completed %d".formatted(open, lastCompleted);
  }
}
