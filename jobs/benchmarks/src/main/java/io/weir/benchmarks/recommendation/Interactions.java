package io.weir.benchmarks.recommendation;

import io.weir.operators.recommendation.message.Action;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Makes actions of numbers: sittings of 20 actions of one of 1,000 users, on 10,000 items of which
 * a few are much more popular than the rest. Each action waits for its moment; its time is that
 * moment, so that whoever falls behind is late.
 */
final class Interactions implements MapFunction<Long, Action> {

  private static final long serialVersionUID = 1;
  private static final int USERS = 1_000;
  private static final int ITEMS = 10_000;
  private static final int SITTING = 20;
  private static final int WEIGHTS = 10;

  private final double perSecond;
  private transient long startNanos;
  private transient long startMillis;
  private transient long first;

  /**
   * A pace.
   *
   * @param perSecond {@link Double#POSITIVE_INFINITY}: as fast as it goes
   */
  Interactions(double perSecond) {
    this.perSecond = perSecond;
  }

  @Override
  public Action map(Long number) {
    if (startNanos == 0) {
      startNanos = System.nanoTime();
      startMillis = System.currentTimeMillis();
      first = number;
    }
    long dueNanos = (long) ((number - first) / perSecond * 1e9);
    while (System.nanoTime() - startNanos < dueNanos) {
      LockSupport.parkNanos(dueNanos - (System.nanoTime() - startNanos));
    }
    long user = mixed(number / SITTING) % USERS;
    double chance = mixed(number) / (double) (1L << 40);
    long item = (long) (ITEMS * chance * chance * chance);
    int weight = (int) (1 + mixed(number + 1) % WEIGHTS);
    long time = startMillis + TimeUnit.NANOSECONDS.toMillis(dueNanos);
    return new Action(Long.toString(user), item, "", weight, time, "");
  }

  // 40 bits; the finalizer of SplitMix64.
  private static long mixed(long number) {
    long z = number * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (z ^ (z >>> 31)) >>> 24;
  }
}
