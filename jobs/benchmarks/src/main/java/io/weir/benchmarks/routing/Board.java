package io.weir.benchmarks.routing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongArray;

/** What the operators of the job that is running tell the benchmark, in the same process. */
final class Board {

  static final int MAX_RECEIVERS = 256;

  private static final AtomicLongArray SERVED = new AtomicLongArray(MAX_RECEIVERS);
  private static final Cost[] COSTS = {Cost.NONE, Cost.NONE};
  private static final VarHandle COST = MethodHandles.arrayElementVarHandle(Cost[].class);
  private static volatile int turn;
  private static volatile double[] rates = {};

  /** What a sender has sent, and the processor time of its thread. */
  record Cost(long records, long cpuNanos) {

    static final Cost NONE = new Cost(0, 0);

    double nanosPerRecordSince(Cost before) {
      return (double) (cpuNanos - before.cpuNanos) / (records - before.records);
    }
  }

  private Board() {}

  static void spent(int side, Cost cost) {
    COST.setVolatile(COSTS, side, cost);
  }

  static Cost cost(int side) {
    return (Cost) COST.getVolatile(COSTS, side);
  }

  /** Lets one of two senders send, and the other one wait. */
  static void giveTurn(int side) {
    turn = side;
  }

  static boolean hasTurn(int side) {
    return turn == side;
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
