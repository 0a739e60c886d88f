package io.weir.jobs.cli;

import java.util.List;

/**
 * A measurement that {@code weir bench} can start. Benchmarks and what they compare with live in a
 * module outside the default build and are found as services.
 */
public interface Benchmark {

  /** The name in {@code weir bench <name>}. */
  String name();

  /** What is measured against what, in a line. */
  String summary();

  /**
   * Measures, and prints a last line of JSON to standard output.
   *
   * @param arguments what followed the name
   * @throws IllegalArgumentException if the arguments are not understood
   * @throws Exception if the measurement fails
   */
  void run(List<String> arguments) throws Exception;
}
