package io.weir.benchmarks.routing;

import io.weir.benchmarks.frame.Median;
import io.weir.jobs.local.LocalCluster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;

/** What receivers serve, of what they could serve together, by each way in turn. */
final class ShareOfIdeal {

  private static final long WARM_UP_MILLIS = 5_000;
  private static final long HALF_MILLIS = 5_000;

  private final Map<String, Map<String, List<Double>>> shares = new LinkedHashMap<>();

  /** Takes every way once in each scenario. */
  void round(LocalCluster cluster, int number) throws Exception {
    for (Scenario scenario : Scenario.ALL) {
      for (Way way : Way.all(scenario.weights())) {
        take(cluster, number, scenario, way);
      }
    }
  }

  /** Takes one way once in each scenario. */
  void round(LocalCluster cluster, int number, Way way) throws Exception {
    for (Scenario scenario : Scenario.ALL) {
      take(cluster, number, scenario, way);
    }
  }

  private void take(LocalCluster cluster, int number, Scenario scenario, Way way) throws Exception {
    double share = measure(cluster, scenario, way);
    System.out.printf(
        Locale.ROOT,
        "share    %5d %-14s  %-22s %6.3f%n",
        number,
        scenario.name(),
        way.name(),
        share);
    shares
        .computeIfAbsent(scenario.name(), unseen -> new LinkedHashMap<>())
        .computeIfAbsent(way.name(), unseen -> new ArrayList<>())
        .add(share);
  }

  private double measure(LocalCluster cluster, Scenario scenario, Way way) throws Exception {
    Board.setRates(scenario.first());
    long none = served(scenario);
    JobClient job = cluster.submit(way.name(), env -> Jobs.served(env, way, scenario.receivers()));
    while (served(scenario) == none) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    // Until queues are as long as they get.
    TimeUnit.MILLISECONDS.sleep(WARM_UP_MILLIS);
    long start = System.nanoTime();
    long before = served(scenario);
    TimeUnit.MILLISECONDS.sleep(HALF_MILLIS);
    Board.setRates(scenario.second());
    TimeUnit.MILLISECONDS.sleep(HALF_MILLIS);
    long served = served(scenario) - before;
    double seconds = (System.nanoTime() - start) / 1e9;
    End.of(job);
    return served / scenario.ideal(seconds / 2);
  }

  private static long served(Scenario scenario) {
    return Arrays.stream(Board.served(scenario.receivers())).sum();
  }

  /** {@code {"skewed":{"random":0.99,...},...}}, medians of the rounds. */
  String json() {
    return Json.object(
        shares,
        each -> Json.object(each, values -> Json.number(Median.of(values, Double::doubleValue))));
  }
}
