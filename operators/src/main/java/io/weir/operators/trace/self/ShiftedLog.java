package io.weir.operators.trace.self;

/**
 * The logarithm of a duration, as a whole number, so that sums do not depend on the order. One
 * millisecond is added to the duration first: that is the finest that many clocks tell, and below
 * it a logarithm would make much of nothing.
 *
 * <p>Of the mean of such numbers, {@link #micros} makes the shifted geometric mean, as solvers of
 * equations are compared by (Achterberg, Constraint Integer Programming, 2007, appendix A): quick
 * and slow spans move it alike, if they become slower by the same factor.
 */
public final class ShiftedLog {

  private static final double SHIFT_MICROS = 1_000;

  private static final double ONE = 1 << 20;

  private ShiftedLog() {}

  /** Of a duration in microseconds, which is not negative. */
  public static long of(long micros) {
    // The same on all machines, which Math.log need not be.
    return Math.round(ONE * StrictMath.log(SHIFT_MICROS + micros));
  }

  /**
   * The duration, in microseconds, whose logarithm a mean is.
   *
   * @param mean of what {@link #of} gave
   */
  public static double micros(double mean) {
    return StrictMath.exp(mean / ONE) - SHIFT_MICROS;
  }
}
