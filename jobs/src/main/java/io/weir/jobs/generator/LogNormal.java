package io.weir.jobs.generator;

/**
 * Whole numbers whose logarithm is normally distributed, drawn from a table of quantiles with
 * straight lines between them; the tails end at four standard deviations.
 */
final class LogNormal {

  private static final int QUANTILES = 4096;
  private static final double REACH = 4;
  private static final int STEPS = 200_000;

  private final double[] quantiles = new double[QUANTILES + 1];

  /**
   * Makes the table.
   *
   * @param median half of the numbers are below it
   * @param sigma the standard deviation of the logarithm
   */
  LogNormal(double median, double sigma) {
    double width = 2 * REACH / STEPS;
    double total = 0;
    for (int i = 0; i < STEPS; i++) {
      total += density(-REACH + (i + 0.5) * width);
    }
    double sum = 0;
    int next = 0;
    for (int i = 0; i < STEPS; i++) {
      for (; next <= QUANTILES && sum / total * QUANTILES >= next; next++) {
        quantiles[next] = median * StrictMath.exp(sigma * (-REACH + i * width));
      }
      sum += density(-REACH + (i + 0.5) * width);
    }
    for (; next <= QUANTILES; next++) {
      quantiles[next] = median * StrictMath.exp(sigma * REACH);
    }
  }

  private static double density(double z) {
    return StrictMath.exp(-z * z / 2);
  }

  /** Draws a number by random bits. */
  long draw(long bits) {
    double place = Mix.unit(bits) * QUANTILES;
    int below = (int) place;
    double low = quantiles[below];
    return (long) (low + (place - below) * (quantiles[below + 1] - low));
  }
}
