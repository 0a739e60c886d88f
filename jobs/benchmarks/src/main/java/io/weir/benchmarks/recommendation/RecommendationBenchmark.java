package io.weir.benchmarks.recommendation;

import io.weir.benchmarks.frame.Machine;
import io.weir.benchmarks.frame.Median;
import io.weir.jobs.cli.Benchmark;
import io.weir.jobs.local.LocalCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Events and pair updates a second of processor time as fast as it goes, with the profile of {@code
 * weir run}; how state grows with events; and the delay from an action to its recommendations at
 * half of the rate at which it goes fastest. With {@code ratings FILE}: what pruning brings and
 * costs on recorded ratings, see {@link RatingsTable}.
 */
public final class RecommendationBenchmark implements Benchmark {

  private static final long DEFAULT_EVENTS = 200_000;
  private static final int DEFAULT_ROUNDS = 3;
  // In which code is cold and state small.
  private static final double FIRST_SHARE = 0.2;

  @Override
  public String name() {
    return "recommendation";
  }

  @Override
  public String summary() {
    return "events and pair updates per CPU second, state, delay; [events [rounds]] or ratings FILE";
  }

  @Override
  public void run(List<String> arguments) throws Exception {
    if (arguments.size() == 2 && arguments.get(0).equals("ratings")) {
      RatingsTable.print(Path.of(arguments.get(1)));
      return;
    }
    if (arguments.size() > 2) {
      throw new IllegalArgumentException(
          "takes a number of events and a number of rounds, or ratings and a file");
    }
    long events = number(arguments, 0, DEFAULT_EVENTS);
    int rounds = (int) number(arguments, 1, DEFAULT_ROUNDS);
    String machine = Machine.describe();
    System.out.println(machine);
    Path home = Path.of(System.getProperty("weir.home", "")).toAbsolutePath();
    try (LocalCluster cluster =
        LocalCluster.start(LocalCluster.profile(home.resolve("flink-conf/local")))) {
      System.out.println(
          "   events   events/CPU s   pairs/CPU s   events/s   state bytes   p99 ms");
      Trial.run(cluster, events / 4, Double.POSITIVE_INFINITY);
      List<Trial> growth = new ArrayList<>();
      for (int quarter = 1; quarter < 4; quarter++) {
        growth.add(shown(Trial.run(cluster, events * quarter / 4, Double.POSITIVE_INFINITY)));
      }
      List<Trial> fastest = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        fastest.add(shown(Trial.run(cluster, events, Double.POSITIVE_INFINITY)));
      }
      growth.add(fastest.get(0));
      double half = Median.of(fastest, Trial::eventsPerSecond) / 2;
      shown(Trial.run(cluster, events, half));
      System.out.println(json(fastest, growth, half, machine));
    }
  }

  private static long number(List<String> arguments, int index, long otherwise) {
    if (arguments.size() <= index) {
      return otherwise;
    }
    String text = arguments.get(index).replace("_", "");
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException("must be a whole number from 1, not " + text);
    }
    return Long.parseLong(text);
  }

  private static Trial shown(Trial trial) {
    System.out.printf(
        Locale.ROOT,
        "%,9d %,14.0f %,13.0f %,10.0f %,13d %8d%n",
        trial.events(),
        trial.eventsPerCpuSecond(),
        trial.pairsPerCpuSecond(),
        trial.eventsPerSecond(),
        trial.stateBytes(),
        Delays.quantile(0.99, FIRST_SHARE));
    return trial;
  }

  private static String json(List<Trial> fastest, List<Trial> growth, double half, String machine) {
    List<String> states = new ArrayList<>();
    growth.forEach(trial -> states.add("\"" + trial.events() + "\":" + trial.stateBytes()));
    return String.format(
        Locale.ROOT,
        "{\"benchmark\":\"recommendation\",\"events\":%d,\"events_per_s_core\":%.0f,"
            + "\"pair_updates_per_s_core\":%.0f,\"rate_of_p99\":%.0f,\"p99_ms\":%d,"
            + "\"state_bytes\":{%s},\"machine\":\"%s\"}",
        fastest.get(0).events(),
        Median.of(fastest, Trial::eventsPerCpuSecond),
        Median.of(fastest, Trial::pairsPerCpuSecond),
        half,
        Delays.quantile(0.99, FIRST_SHARE),
        String.join(",", states),
        machine);
  }
}
