package io.weir.benchmarks.routing;

import java.util.Arrays;
import java.util.List;

/**
 * Receivers of different speed.
 *
 * @param first how many records a second each takes in the first half
 * @param second and in the second
 * @param weights the speeds of the first half
 */
record Scenario(String name, double[] first, double[] second, List<Integer> weights) {

  private static final double FAST = 4_000;
  private static final double SLEEPING = 1_000;

  static final List<Scenario> ALL =
      List.of(
          steady("skewed", FAST / 4, FAST, FAST, FAST),
          steady("sleeping", SLEEPING, FAST, FAST, FAST, SLEEPING, FAST, FAST, FAST),
          new Scenario(
              "slowing",
              new double[] {FAST, FAST, FAST, FAST},
              new double[] {FAST / 4, FAST, FAST, FAST},
              List.of(1, 1, 1, 1)));

  private static Scenario steady(String name, double... rates) {
    List<Integer> weights = Arrays.stream(rates).mapToObj(rate -> (int) (rate / SLEEPING)).toList();
    return new Scenario(name, rates, rates, weights);
  }

  int receivers() {
    return first.length;
  }

  /** What all receivers take together in the halves, each so long. */
  double ideal(double seconds) {
    return (Arrays.stream(first).sum() + Arrays.stream(second).sum()) * seconds;
  }
}
