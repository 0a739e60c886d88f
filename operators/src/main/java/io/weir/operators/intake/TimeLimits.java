package io.weir.operators.intake;

import java.io.Serializable;
import java.time.Duration;

/**
 * What the gate lets through.
 *
 * @param lateness how far a value may be behind the newest one of its origin. Too small: good
 *     values become dead letters; too large: windows close later by that much
 * @param maxAhead how far a value may be ahead of the newest one of its origin before it is held
 *     back. Too small: lulls of the stream cost a short hold; too large: a wrong clock drags the
 *     watermark along by up to that much
 * @param idle after how long without a record, back-pressure not counted, an origin holds up
 *     neither the watermark nor values; zero: never. A subtask that was given no origin at all
 *     holds up the watermark no longer after this time either, or after the default where this is
 *     zero
 * @param holdRows how many values decide whether the stream has moved or clocks are wrong, and how
 *     many are held back at most for an origin; 1 follows every value at once
 * @param holdFor how long a quarter of {@code holdRows}, in a row and with no value on time behind
 *     it, must wait before it decides as well
 */
public record TimeLimits(
    Duration lateness, Duration maxAhead, Duration idle, int holdRows, Duration holdFor)
    implements Serializable {

  public TimeLimits {
    if (holdRows < 1) {
      throw new IllegalArgumentException("holdRows is " + holdRows + "; at least 1 is needed");
    }
  }

  public static final TimeLimits DEFAULT =
      new TimeLimits(
          Duration.ofSeconds(60),
          Duration.ofHours(1),
          Duration.ofSeconds(30),
          256,
          Duration.ofSeconds(10));

  public TimeLimits withLateness(Duration other) {
    return new TimeLimits(other, maxAhead, idle, holdRows, holdFor);
  }

  /** The same limits without holding back: every value that is not late is followed at once. */
  public TimeLimits withoutHolding() {
    return new TimeLimits(lateness, maxAhead, idle, 1, holdFor);
  }

  /**
   * The same limits for origins whose silence means nothing, such as a file that waits for its
   * turn: none is ever idle, and only rows decide about what is held back.
   */
  public TimeLimits withoutSilence() {
    return new TimeLimits(
        lateness, maxAhead, Duration.ZERO, holdRows, Duration.ofMillis(Long.MAX_VALUE));
  }
}
