package io.weir.benchmarks.routing;

import java.util.concurrent.atomic.AtomicLongArray;

/** What the operators of the job that is running tell the benchmark, in the same process. */
final class Board {

  static final int MAX_RECEIVERS = 256;

  private static final AtomicLongArray SERVED = new AtomicLongArray(MAX_RECEIVERS);
  private static volatile Cost cost = new Cost(0, 0);
  private static volatile boolean maySend;
  private static volatile double[] rates = {};

  /** What a sender has sent, and the processor time of its thread. */
  record Cost(long records, long cpuNanos) {

    double nanosPerRecordSince(Cost before) {
      return (double) (cpuNanos - before.cpuNanos) / (records - before.records);
    }
  }

  private Board() {}

  static void spent(Cost soFar) {
    cost = soFar;
  }

  static Cost cost() {
    return cost;
  }

  /** Lets the sender send, or wait. */
  static void letSend(boolean allowed) {
    maySend = allowed;
  }

  static boolean maySend() {
    return maySend;
  }

  static void served(int receiver, int records) {
    SERVED.addAndGet(receiver, records);
  }

  static long[] served(int receivers) {
    long[] served = new long[receivers];
    for (int receiver = 0; receiver < receivers; receiver++) {
      served[receiver] = SERVED.get(receiver);
    }
    return served;
  }

  /** Says how many records a second each receiver can take from now on. */
  static void setRates(double... perSecond) {
    rates = perSecond.clone();
  }

  static double rate(int receiver) {
    return rates[receiver];
  }
}
