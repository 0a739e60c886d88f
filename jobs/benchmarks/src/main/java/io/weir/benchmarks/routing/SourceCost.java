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

/** The processor time of a sender's thread per record, by each way in turn, against rebalance. */
final class SourceCost {

  static final List<Integer> RECEIVERS = List.of(4, 64, 256);

  private static final long WARM_UP_MILLIS = 2_000;
  private static final long MEASURED_MILLIS = 2_500;

  private final LocalCluster cluster;
  private final Map<String, Map<Integer, List<Double>>> ratios = new LinkedHashMap<>();

  SourceCost(LocalCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Takes every way once, for each number of receivers; the first round of all warms the JVM up.
   */
  void round(int number) throws Exception {
    for (int receivers : RECEIVERS) {
      double rebalance = 0;
      for (Way way : Way.all(IntStream.range(0, receivers).mapToObj(i -> 1 + i % 4).toList())) {
        double nanos = nanosPerRecord(way, receivers);
        rebalance = way.name().equals("rebalance") ? nanos : rebalance;
        System.out.printf(
            Locale.ROOT,
            "cpu      %5d %4d receivers  %-22s %7.1f ns  %6.3f%n",
            number,
            receivers,
            way.name(),
            nanos,
            nanos / rebalance);
        if (number > 0) {
          add(way.name(), receivers, nanos / rebalance);
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

  private double nanosPerRecord(Way way, int receivers) throws Exception {
    Board.spent(0, 0);
    JobClient job = cluster.submit(way.name(), env -> Jobs.cheap(env, way, receivers));
    while (Board.cost().records() == 0) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    TimeUnit.MILLISECONDS.sleep(WARM_UP_MILLIS);
    Board.Cost before = Board.cost();
    TimeUnit.MILLISECONDS.sleep(MEASURED_MILLIS);
    double nanos = Board.cost().nanosPerRecordSince(before);
    End.of(job);
    return nanos;
  }

  /** {@code {"random":{"4":1.01,...},...}}, medians of the rounds. */
  String json() {
    return Json.object(
        ratios,
        each -> Json.object(each, values -> Json.number(Median.of(values, Double::doubleValue))));
  }
}
