package io.weir.benchmarks.routing;

import io.weir.benchmarks.frame.Median;
import io.weir.jobs.local.LocalCluster;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;

/**
 * The processor time of a sender's thread per record, by each way against rebalance. Both jobs run
 * at once and their senders take short turns, so that whatever else the machine does hits both.
 */
final class SourceCost {

  static final List<Integer> RECEIVERS = List.of(4, 64, 256);

  private static final int REBALANCE = 0;
  private static final int OTHER = 1;
  private static final int WARM_UP_TURNS = 5;
  private static final int TURNS = 15;
  private static final long TURN_MILLIS = 100;

  private final LocalCluster cluster;
  private final Map<String, Map<Integer, List<Double>>> ratios = new LinkedHashMap<>();

  SourceCost(LocalCluster cluster) {
    this.cluster = cluster;
  }

  /** Takes every way once, for each number of receivers; round 0 warms the JVM up. */
  void round(int number) throws Exception {
    for (int receivers : RECEIVERS) {
      for (Way way : Way.all(IntStream.range(0, receivers).mapToObj(i -> 1 + i % 4).toList())) {
        List<double[]> turns = measure(way, receivers);
        double ratio = Median.of(turns, turn -> turn[OTHER] / turn[REBALANCE]);
        System.out.printf(
            Locale.ROOT,
            "cpu      %5d %4d receivers  %-22s %7.1f ns  %7.1f ns  %6.3f%n",
            number,
            receivers,
            way.name(),
            Median.of(turns, turn -> turn[REBALANCE]),
            Median.of(turns, turn -> turn[OTHER]),
            ratio);
        if (number > 0) {
          add(way.name(), receivers, ratio);
        }
      }
    }
  }

  private void add(String way, int receivers, double ratio) {
    ratios
        .computeIfAbsent(way, unseen -> new LinkedHashMap<>())
        .computeIfAbsent(receivers, unseen -> new ArrayList<>())
        .add(ratio);
  }

  private List<double[]> measure(Way way, int receivers) throws Exception {
    List<JobClient> jobs = new ArrayList<>();
    for (Way each : List.of(new Way.Rebalance("rebalance"), way)) {
      int side = jobs.size();
      Board.spent(side, Board.Cost.NONE);
      jobs.add(cluster.submit(each.name(), env -> Jobs.cheap(env, side, each, receivers)));
    }
    List<double[]> turns = new ArrayList<>();
    for (int turn = 0; turn < WARM_UP_TURNS + TURNS; turn++) {
      // One after the other and back again: whoever comes second finds warmer caches.
      double[] nanos = new double[2];
      for (int side : new int[] {REBALANCE, OTHER, OTHER, REBALANCE}) {
        nanos[side] += turn(side) / 2;
      }
      if (turn >= WARM_UP_TURNS) {
        turns.add(nanos);
      }
    }
    for (JobClient job : jobs) {
      End.of(job);
    }
    return turns;
  }

  /** Lets one sender send for a while; returns its nanoseconds per record. */
  private static double turn(int side) throws InterruptedException {
    Board.Cost before = Board.cost(side);
    Board.giveTurn(side);
    do {
      TimeUnit.MILLISECONDS.sleep(TURN_MILLIS);
    } while (Board.cost(side).records() == before.records());
    return Board.cost(side).nanosPerRecordSince(before);
  }

  /** {@code {"random":{"4":1.01,...},...}}, medians of the rounds. */
  String json() {
    return Json.object(
        ratios,
        each -> Json.object(each, values -> Json.number(Median.of(values, Double::doubleValue))));
  }
}
