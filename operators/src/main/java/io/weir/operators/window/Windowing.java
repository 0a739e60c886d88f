package io.weir.operators.window;

import java.io.Serializable;
import java.time.Duration;

/** How time is cut into windows, in milliseconds, aligned to 1970-01-01T00:00:00Z. */
public sealed interface Windowing extends Serializable {

  /** A window is put together from its slices when it closes, so their number has a bound. */
  int MAX_SLICES = 10_000;

  /** The length of the slices that rows are summed up in. */
  long sliceMillis();

  /**
   * One window after the other.
   *
   * @param sizeMillis the length of each, above 0
   */
  record Tumbling(long sizeMillis) implements Windowing {
    public Tumbling {
      requirePositive(sizeMillis, "the size of a tumbling window");
    }

    @Override
    public long sliceMillis() {
      return sizeMillis;
    }
  }

  /**
   * Windows that overlap; size = every is tumbling.
   *
   * @param sizeMillis the length of each, above 0
   * @param everyMillis a window begins so often; above 0 and up to the size, as larger ones would
   *     leave rows out
   */
  record Hopping(long sizeMillis, long everyMillis) implements Windowing {
    public Hopping {
      requirePositive(sizeMillis, "the size of a hopping window");
      requirePositive(everyMillis, "the period of a hopping window");
      if (everyMillis > sizeMillis) {
        throw new IllegalArgumentException(
            "a hopping window of "
                + Duration.ofMillis(sizeMillis)
                + " every "
                + Duration.ofMillis(everyMillis)
                + " would leave rows out; every is at most the size");
      }
      long slice = greatestCommonDivisor(sizeMillis, everyMillis);
      if (sizeMillis / slice > MAX_SLICES) {
        throw new IllegalArgumentException(
            "a hopping window of "
                + Duration.ofMillis(sizeMillis)
                + " every "
                + Duration.ofMillis(everyMillis)
                + " consists of "
                + sizeMillis / slice
                + " slices of "
                + Duration.ofMillis(slice)
                + ", their greatest common divisor; at most "
                + MAX_SLICES
                + " are allowed");
      }
    }

    @Override
    public long sliceMillis() {
      return greatestCommonDivisor(sizeMillis, everyMillis);
    }
  }

  /**
   * Rows of a group that are less than the gap apart, from the first row to the last row plus the
   * gap; a distance of the gap or more begins a new session.
   *
   * @param gapMillis above 0
   */
  record Session(long gapMillis) implements Windowing {
    public Session {
      requirePositive(gapMillis, "the gap of a session window");
    }

    @Override
    public long sliceMillis() {
      return gapMillis;
    }
  }

  static Windowing tumbling(Duration size) {
    return new Tumbling(size.toMillis());
  }

  static Windowing hopping(Duration size, Duration every) {
    return new Hopping(size.toMillis(), every.toMillis());
  }

  static Windowing session(Duration gap) {
    return new Session(gap.toMillis());
  }

  private static void requirePositive(long millis, String what) {
    if (millis <= 0) {
      throw new IllegalArgumentException(what + " is " + millis + " ms; it must be above 0");
    }
  }

  private static long greatestCommonDivisor(long a, long b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
