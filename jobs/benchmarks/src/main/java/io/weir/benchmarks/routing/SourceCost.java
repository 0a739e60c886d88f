package io.weir.benchmarks.routing;

import io.weir.benchmarks.frame.Median;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The processor time of a sender's thread per record, by each way against rebalance. Each of the
 * two has a process of its own, new for each pair: where several ways share one, the calls that one
 * way makes are compiled for all of them, and whoever came first is better off. Both run at once
 * and take short turns, so that whatever else the machine does hits both.
 */
final class SourceCost {

  private static final String REBALANCE = "rebalance";
  private static final int WARM_UP_TURNS = 10;
  private static final int TURNS = 8;
  private static final long TURN_MILLIS = 100;

  private final List<Integer> receivers;
  private final Map<String, Map<Integer, List<Double>>> ratios = new LinkedHashMap<>();

  /** Takes how many receivers there are, each in turn. */
  SourceCost(List<Integer> receivers) {
    this.receivers = receivers;
  }

  /** What both sides took for a record in one turn of each, in nanoseconds. */
  private record Turn(double rebalance, double other) {

    /** One after the other and back again: whoever comes second finds warmer caches. */
    static Turn of(SenderProcess rebalance, SenderProcess other) throws IOException {
      double first = rebalance.turn(TURN_MILLIS);
      double both = other.turn(TURN_MILLIS) + other.turn(TURN_MILLIS);
      return new Turn((first + rebalance.turn(TURN_MILLIS)) / 2, both / 2);
    }

    double ratio() {
      return other / rebalance;
    }
  }

  /** Takes every way once, for each number of receivers. */
  void round(int number) throws Exception {
    for (int each : receivers) {
      for (Way way : Way.all(List.of())) {
        List<Turn> turns = measure(way.name(), each);
        double ratio = Median.of(turns, Turn::ratio);
        System.out.printf(
            Locale.ROOT,
            "cpu      %5d %4d receivers  %-22s %7.1f ns  %7.1f ns  %6.3f%n",
            number,
            each,
            way.name(),
            Median.of(turns, Turn::rebalance),
            Median.of(turns, Turn::other),
            ratio);
        add(way.name(), each, ratio);
      }
    }
  }

  private void add(String way, int receivers, double ratio) {
    ratios
        .computeIfAbsent(way, unseen -> new LinkedHashMap<>())
        .computeIfAbsent(receivers, unseen -> new ArrayList<>())
        .add(ratio);
  }

  private static List<Turn> measure(String way, int receivers) throws Exception {
    try (SenderProcess rebalance = SenderProcess.start(REBALANCE, receivers);
        SenderProcess other = SenderProcess.start(way, receivers)) {
      List<Turn> turns = new ArrayList<>();
      for (int turn = 0; turn < WARM_UP_TURNS + TURNS; turn++) {
        Turn taken = Turn.of(rebalance, other);
        if (turn >= WARM_UP_TURNS) {
          turns.add(taken);
        }
      }
      return turns;
    }
  }

  /** {@code {"random":{"4":1.01,...},...}}, medians of the rounds. */
  String json() {
    return Json.object(
        ratios,
        each -> Json.object(each, values -> Json.number(Median.of(values, Double::doubleValue))));
  }
}
