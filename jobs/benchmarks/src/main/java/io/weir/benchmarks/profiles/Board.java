package io.weir.benchmarks.profiles;

import java.util.concurrent.atomic.LongAdder;

/** What the operators tell the benchmark, in the same process. */
final class Board {

  /** Records that are counted at once. */
  static final int BATCH = 1024;

  private static final LongAdder RECORDS = new LongAdder();
  private static final Times ARRIVED = new Times();
  private static final Times SHOWN = new Times();

  private Board() {}

  static void counted(int records) {
    RECORDS.add(records);
  }

  static long records() {
    return RECORDS.sum();
  }

  static void arrived(long nanos) {
    ARRIVED.add(nanos);
  }

  static void shown(long nanos) {
    SHOWN.add(nanos);
  }

  /** Forgets the times noted so far. */
  static void restart() {
    ARRIVED.clear();
    SHOWN.clear();
  }

  static Times arrivals() {
    return ARRIVED;
  }

  static Times shown() {
    return SHOWN;
  }
}
