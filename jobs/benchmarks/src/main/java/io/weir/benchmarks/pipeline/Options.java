package io.weir.benchmarks.pipeline;

import io.weir.benchmarks.pipeline.sides.Contender;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the benchmark was asked for.
 *
 * @param rounds in which all systems take turns
 * @param systems who takes part
 * @param rate events a second for the latency; 0: half of what the slowest system can take
 * @param grow whether only growth is measured
 * @param plot where to draw growth; null: nowhere
 */
record Options(
    Setting setting,
    int rounds,
    List<Contender> systems,
    long rate,
    boolean grow,
    @Nullable Path plot) {

  static final String USAGE =
      "[--events N] [--keys N] [--parallelism N] [--interval MS] [--rounds N] [--rate N]"
          + " [--only SYSTEM,...] [--grow [--plot FILE]]";

  /**
   * About that of {@code ./weir run}, but no multiple of a window: each window closes at another
   * moment between two checkpoints, so that no system is lucky or unlucky all the time.
   */
  private static final long DEFAULT_INTERVAL_MILLIS = 1900;

  static Options parse(List<String> arguments) {
    long events = 4_000_000;
    int keys = 10_000;
    int parallelism = 2;
    long interval = DEFAULT_INTERVAL_MILLIS;
    int rounds = 2;
    long rate = 0;
    boolean grow = false;
    Path plot = null;
    List<Contender> systems = null;
    Deque<String> left = new ArrayDeque<>(arguments);
    while (!left.isEmpty()) {
      String option = left.remove();
      switch (option) {
        case "--events" -> events = number(option, left, 100_000, 100_000_000);
        case "--keys" -> keys = (int) number(option, left, 1, 1_000_000);
        case "--parallelism" -> parallelism = (int) number(option, left, 1, 64);
        case "--interval" -> interval = number(option, left, 10, 600_000);
        case "--rounds" -> rounds = (int) number(option, left, 1, 99);
        case "--rate" -> rate = number(option, left, 100, 10_000_000);
        case "--only" -> systems = systems(value(option, left));
        case "--plot" -> plot = Path.of(value(option, left));
        case "--grow" -> grow = true;
        default -> throw new IllegalArgumentException("takes " + USAGE + ", not " + option);
      }
    }
    if (systems == null) {
      systems = grow ? List.of(Contender.WEIR) : List.of(Contender.values());
    }
    if (plot != null && !grow) {
      throw new IllegalArgumentException("--plot draws growth: say --grow, too");
    }
    return new Options(
        new Setting(events, keys, parallelism, interval), rounds, systems, rate, grow, plot);
  }

  private static String value(String option, Deque<String> left) {
    if (left.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return left.remove();
  }

  private static long number(String option, Deque<String> left, long least, long most) {
    String text = value(option, left).replace("_", "");
    if (text.matches("[0-9]{1,12}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        option + " must be a whole number from " + least + " to " + most + ", not " + text);
  }

  private static List<Contender> systems(String labels) {
    return Arrays.stream(labels.split(",", -1)).map(Contender::of).distinct().toList();
  }
}
