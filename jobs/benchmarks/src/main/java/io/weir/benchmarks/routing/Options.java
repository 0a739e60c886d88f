package io.weir.benchmarks.routing;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the benchmark was asked for.
 *
 * @param rounds in which all ways take turns
 * @param plot where to draw shares and throughput over time; null: nowhere
 */
record Options(int rounds, @Nullable Path plot) {

  private static final int DEFAULT_ROUNDS = 3;

  static Options parse(List<String> arguments) {
    int rounds = DEFAULT_ROUNDS;
    Path plot = null;
    Deque<String> left = new ArrayDeque<>(arguments);
    while (!left.isEmpty()) {
      String argument = left.remove();
      if (argument.equals("--plot") && !left.isEmpty()) {
        plot = Path.of(left.remove());
      } else if (argument.matches("[1-9][0-9]?")) {
        rounds = Integer.parseInt(argument);
      } else {
        throw new IllegalArgumentException("takes a number of rounds, 1 to 99, and --plot FILE");
      }
    }
    return new Options(rounds, plot);
  }
}
