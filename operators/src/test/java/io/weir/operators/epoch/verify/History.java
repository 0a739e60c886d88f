package io.weir.operators.epoch.verify;

import io.weir.operators.epoch.stamp.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The stamps of a job with two operators of two subtasks each, whose version changes at every
 * second checkpoint. Its second attempt begins from checkpoint 4, and another job from its
 * savepoint 8.
 */
record History(List<Stamp> stamps) implements StampReader {

  static final String JOB = "a1";
  static final String NEXT_JOB = "b2";

  private static final int SUBTASKS = 2;
  private static final int RECORDS_PER_EPOCH = 6;

  History {
    stamps = List.copyOf(stamps);
  }

  static History valid() {
    List<Stamp> stamps = new ArrayList<>();
    epochs(stamps, JOB, 0, 0, 3);
    // The first attempt had begun epoch 4, and one subtask of each operator committed it.
    epochs(stamps, JOB, 1, 4, 8);
    epochs(stamps, NEXT_JOB, 0, 8, 11);
    return new History(stamps);
  }

  private static void epochs(List<Stamp> stamps, String job, int attempt, long first, long last) {
    for (long epoch = first; epoch <= last; epoch++) {
      for (int i = 0; i < RECORDS_PER_EPOCH; i++) {
        String record = epoch + "-" + i;
        for (String operator : List.of("first", "second")) {
          int subtask = (i + operator.length()) % SUBTASKS;
          stamps.add(
              new Stamp(record, operator, subtask, epoch, version(epoch), job, attempt, first));
        }
      }
    }
  }

  static long version(long epoch) {
    return 1 + epoch / 2;
  }

  /** With the first stamp that fits put in another's place. */
  History but(Predicate<Stamp> which, UnaryOperator<Stamp> change) {
    List<Stamp> changed = new ArrayList<>(stamps);
    for (int i = 0; i < changed.size(); i++) {
      if (which.test(changed.get(i))) {
        changed.set(i, change.apply(changed.get(i)));
        return new History(changed);
      }
    }
    throw new IllegalArgumentException("no stamp fits");
  }

  /** With all stamps changed that fit. */
  History butAll(Predicate<Stamp> which, UnaryOperator<Stamp> change) {
    return new History(
        stamps.stream().map(stamp -> which.test(stamp) ? change.apply(stamp) : stamp).toList());
  }

  History only(Predicate<Stamp> which) {
    return new History(stamps.stream().filter(which).toList());
  }

  static Stamp under(long version, Stamp stamp) {
    return new Stamp(
        stamp.record(),
        stamp.operator(),
        stamp.subtask(),
        stamp.epoch(),
        version,
        stamp.job(),
        stamp.attempt(),
        stamp.restored());
  }

  static Stamp inEpoch(long epoch, Stamp stamp) {
    return new Stamp(
        stamp.record(),
        stamp.operator(),
        stamp.subtask(),
        epoch,
        stamp.version(),
        stamp.job(),
        stamp.attempt(),
        stamp.restored());
  }

  @Override
  public void read(Visitor visitor) throws NoVerdictException {
    for (int i = 0; i < stamps.size(); i++) {
      visitor.visit(new Sighting("stamps", i + 1, stamps.get(i)));
    }
  }
}
