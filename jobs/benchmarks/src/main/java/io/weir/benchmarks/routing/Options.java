package io.weir.benchmarks.routing;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the benchmark was asked for.
 *
 * @param rounds in which all ways take turns
 * @param parts what is measured
 * @param receivers how many of them, each in turn, where the cost is measured
 * @param plot where to draw shares and throughput over time; null: nowhere
 */
record Options(int rounds, Set<Part> parts, List<Integer> receivers, @Nullable Path plot) {

  /** What can be measured by itself. */
  enum Part {
    COST,
    SHARE,
    SPLIT
  }

  private static final int DEFAULT_ROUNDS = 3;
  private static final List<Integer> DEFAULT_RECEIVERS = List.of(4, 64, 256);

  static Options parse(List<String> arguments) {
    int rounds = DEFAULT_ROUNDS;
    Set<Part> parts = EnumSet.allOf(Part.class);
    List<Integer> receivers = DEFAULT_RECEIVERS;
    Path plot = null;
    Deque<String> left = new ArrayDeque<>(arguments);
    while (!left.isEmpty()) {
      String argument = left.remove();
      if (argument.equals("--plot") && !left.isEmpty()) {
        plot = Path.of(left.remove());
      } else if (argument.equals("--only") && isPart(left.peek())) {
        parts = EnumSet.of(Part.valueOf(left.remove().toUpperCase(Locale.ROOT)));
      } else if (argument.equals("--receivers") && isReceivers(left.peek())) {
        receivers = List.of(Integer.parseInt(left.remove()));
      } else if (argument.matches("[1-9][0-9]?")) {
        rounds = Integer.parseInt(argument);
      } else {
        throw new IllegalArgumentException(
            "takes a number of rounds, 1 to 99, --only cost, share or split, --receivers N, 1 to 256,"
                + " and --plot FILE");
      }
    }
    return new Options(rounds, parts, receivers, plot);
  }

  private static boolean isReceivers(@Nullable String word) {
    return word != null
        && word.matches("[1-9][0-9]{0,2}")
        && Integer.parseInt(word) <= Board.MAX_RECEIVERS;
  }

  private static boolean isPart(@Nullable String word) {
    return Arrays.stream(Part.values())
        .anyMatch(part -> part.name().toLowerCase(Locale.ROOT).equals(word));
  }
}
