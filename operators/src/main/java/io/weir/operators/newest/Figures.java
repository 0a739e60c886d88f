package io.weir.operators.newest;

/**
 * The measures of a group in a window. Read by reporters' threads: nothing changes it.
 *
 * @param startMillis of the window
 * @param endMillis of the window, exclusive
 * @param numbers in the order of the measures
 * @param present bit i: there is number i
 */
record Figures(long startMillis, long endMillis, long[] numbers, long present) {

  double startSeconds() {
    return startMillis / 1e3;
  }

  /** NaN where there is none, as Prometheus has it. */
  double number(int measure) {
    return (present & (1L << measure)) == 0 ? Double.NaN : numbers[measure];
  }
}
