package io.weir.benchmarks.profiles;

import io.weir.benchmarks.frame.Machine;
import io.weir.benchmarks.frame.Median;
import io.weir.benchmarks.profiles.Trial.Outcome;
import io.weir.jobs.cli.Benchmark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * The profiles in {@code flink-conf} for clusters beside Flink's defaults, on one job: a sum per
 * key behind one exchange, and another exchange. All take turns in each round.
 */
public final class ProfilesBenchmark implements Benchmark {

  @Override
  public String name() {
    return "profiles";
  }

  @Override
  public String summary() {
    return "throughput and delay of one job under the profiles in flink-conf; [rounds]";
  }

  @Override
  public void run(List<String> arguments) throws Exception {
    int rounds = rounds(arguments);
    String machine = Machine.describe();
    System.out.println(machine + ", Flink " + EnvironmentInformation.getVersion());
    System.out.println(
        "round  profile       records/s   arrival p50, p99 ms      shown p50, p99 ms");
    Path home = Path.of(System.getProperty("weir.home", "")).toAbsolutePath();
    Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Side side : Side.all(home.resolve("flink-conf"))) {
        Outcome outcome = new Trial(side).run();
        outcomes.computeIfAbsent(side.name(), name -> new ArrayList<>()).add(outcome);
        print(round, side.name(), outcome);
      }
    }
    System.out.printf(
        "{\"benchmark\":\"profiles\",%s,\"machine\":\"%s\"}%n", json(outcomes), machine);
  }

  private static int rounds(List<String> arguments) {
    if (arguments.isEmpty()) {
      return 1;
    }
    if (arguments.size() > 1 || !arguments.get(0).matches("[1-9]")) {
      throw new IllegalArgumentException("takes a number of rounds, 1 to 9");
    }
    return Integer.parseInt(arguments.get(0));
  }

  private static void print(int round, String profile, Outcome outcome) {
    System.out.printf(
        Locale.ROOT,
        "%5d  %-10s %,12.0f  %10.2f %10.2f  %12.0f %9.0f%n",
        round,
        profile,
        outcome.recordsPerSecond(),
        outcome.arrival().p50(),
        outcome.arrival().p99(),
        outcome.shown().p50(),
        outcome.shown().p99());
  }

  /** Medians of the rounds; throughput as a ratio to that under Flink's defaults. */
  private static String json(Map<String, List<Outcome>> outcomes) {
    double defaults = Median.of(outcomes.values().iterator().next(), Outcome::recordsPerSecond);
    return outcomes.entrySet().stream()
        .map(side -> "\"" + side.getKey() + "\":" + json(side.getValue(), defaults))
        .collect(Collectors.joining(","));
  }

  private static String json(List<Outcome> rounds, double defaults) {
    return String.format(
        Locale.ROOT,
        "{\"throughput_ratio\":%.3f,\"arrival_p50_ms\":%.2f,\"arrival_p99_ms\":%.2f,"
            + "\"shown_p50_ms\":%.0f,\"shown_p99_ms\":%.0f}",
        Median.of(rounds, Outcome::recordsPerSecond) / defaults,
        Median.of(rounds, outcome -> outcome.arrival().p50()),
        Median.of(rounds, outcome -> outcome.arrival().p99()),
        Median.of(rounds, outcome -> outcome.shown().p50()),
        Median.of(rounds, outcome -> outcome.shown().p99()));
  }
}
