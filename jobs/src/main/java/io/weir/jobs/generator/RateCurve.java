package io.weir.jobs.generator;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How many events arrive when: a rate that is constant step by step and repeats. The i-th event
 * arrives when the integral of the rate reaches i, so the number of events in any stretch of time
 * is the integral over it, to within one.
 */
public final class RateCurve implements Serializable {

  private static final long serialVersionUID = 1;

  /** A sine is drawn with this many steps, each of which holds as many events as the sine. */
  private static final int SINE_STEPS = 1024;

  private static final double MILLIS_PER_SECOND = 1000;

  /**
   * A rate that holds for a while.
   *
   * @param millis how long
   * @param perSecond events a second; 0 for none
   */
  record Step(double millis, double perSecond) implements Serializable {}

  /** Where each step begins, and behind them where the last one ends. */
  private final double[] millis;

  /** How many events arrived until then. */
  private final double[] events;

  private RateCurve(List<Step> steps) {
    millis = new double[steps.size() + 1];
    events = new double[steps.size() + 1];
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      millis[i + 1] = millis[i] + step.millis();
      events[i + 1] = events[i] + step.millis() / MILLIS_PER_SECOND * step.perSecond();
    }
    if (!(eventsPerRound() > 0)) {
      throw new IllegalArgumentException("no events at all in " + steps);
    }
  }

  static RateCurve constant(double perSecond) {
    return new RateCurve(List.of(new Step(MILLIS_PER_SECOND, perSecond)));
  }

  /** Steps, one after the other, and from the beginning again. */
  static RateCurve steps(List<Step> steps) {
    return new RateCurve(steps);
  }

  /**
   * {@code base + amplitude * sin(2 pi t / period)}.
   *
   * @param amplitude at most the base
   */
  static RateCurve sine(double base, double amplitude, double periodMillis) {
    Step[] steps = new Step[SINE_STEPS];
    double angle = 2 * Math.PI / SINE_STEPS;
    for (int i = 0; i < SINE_STEPS; i++) {
      // The mean of the sine over the step. StrictMath: the same events on every machine.
      double mean = (StrictMath.cos(i * angle) - StrictMath.cos((i + 1) * angle)) / angle;
      steps[i] = new Step(periodMillis / SINE_STEPS, Math.max(0, base + amplitude * mean));
    }
    return new RateCurve(Arrays.asList(steps));
  }

  private double eventsPerRound() {
    return events[events.length - 1];
  }

  /** When event {@code index} arrives, in milliseconds from the start. */
  double millisOf(long index) {
    double rounds = Math.floor(index / eventsPerRound());
    double rest = Math.max(0, index - rounds * eventsPerRound());
    return rounds * millis[millis.length - 1] + within(rest);
  }

  private double within(double count) {
    int step = stepOf(count);
    double share = (count - events[step]) / (events[step + 1] - events[step]);
    return millis[step] + Math.min(1, share) * (millis[step + 1] - millis[step]);
  }

  /** The step during which the count is reached: one with events in it. */
  private int stepOf(double count) {
    int low = 0;
    int high = events.length - 2;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (events[middle] <= count) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    while (events[low + 1] == events[low]) {
      low--;
    }
    return low;
  }
}
