package io.weir.benchmarks.pipeline;

import io.weir.benchmarks.frame.Machine;
import io.weir.benchmarks.frame.Median;
import io.weir.benchmarks.frame.Workplace;
import io.weir.benchmarks.pipeline.sides.Contender;
import io.weir.jobs.cli.Benchmark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * From Kafka to Kafka: the analytics job beside Flink SQL and Spark Structured Streaming, which
 * read the same events and write the same sums. All take turns in each round, each in a process of
 * its own, and what they write is compared with what it must be.
 */
public final class PipelineBenchmark implements Benchmark {

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public String summary() {
    return "Kafka to Kafka against Flink SQL and Spark; " + Options.USAGE;
  }

  @Override
  public void run(List<String> arguments) throws Exception {
    Options options = Options.parse(arguments);
    String machine = Machine.describe();
    System.out.println(machine);
    Path home = Path.of(System.getProperty("weir.home", "")).toAbsolutePath();
    try (Workplace place = Workplace.open()) {
      Bench bench = new Bench(place, home);
      if (options.grow()) {
        new Growth(bench, options).run(machine);
      } else {
        compare(bench, options, machine);
      }
    }
  }

  private static void compare(Bench bench, Options options, String machine) throws Exception {
    Map<Contender, List<ThroughputTrial.Outcome>> speeds = speeds(bench, options);
    long rate = options.rate() > 0 ? options.rate() : halfOfTheSlowest(speeds);
    Map<Contender, List<LatencyTrial.Outcome>> delays = delays(bench, options, rate);
    System.out.println(new Report(options, rate, machine).json(speeds, delays));
  }

  private static Map<Contender, List<ThroughputTrial.Outcome>> speeds(Bench bench, Options options)
      throws Exception {
    Setting setting = options.setting();
    System.out.printf(
        Locale.ROOT,
        "%,d events behind %,d to warm up, %,d keys, windows of %d s, parallelism %d,"
            + " a checkpoint or batch every %,d ms%n",
        setting.events(),
        setting.warmUp(),
        setting.keys(),
        ThroughputTrial.WINDOW_SECONDS,
        setting.parallelism(),
        setting.intervalMillis());
    System.out.println("round  system      events/CPU s   events/s   CPU s   wall s   memory MB");
    ThroughputTrial trial = new ThroughputTrial(bench, setting);
    Map<Contender, List<ThroughputTrial.Outcome>> all = new EnumMap<>(Contender.class);
    for (int round = 1; round <= options.rounds(); round++) {
      for (Contender each : options.systems()) {
        ThroughputTrial.Outcome outcome = trial.run(each);
        all.computeIfAbsent(each, unused -> new ArrayList<>()).add(outcome);
        System.out.printf(
            Locale.ROOT,
            "%5d  %-10s %,13.0f %,10.0f %7.1f %8.1f %,11.0f%n",
            round,
            each.label(),
            outcome.perCpuSecond(),
            outcome.perSecond(),
            outcome.cpuSeconds(),
            outcome.wallSeconds(),
            outcome.memoryMb());
      }
    }
    return all;
  }

  /** The same load for all, and one that each can bear. */
  private static long halfOfTheSlowest(Map<Contender, List<ThroughputTrial.Outcome>> speeds) {
    double slowest =
        speeds.values().stream()
            .mapToDouble(rounds -> Median.of(rounds, ThroughputTrial.Outcome::perSecond))
            .min()
            .orElseThrow();
    return Math.max(1, (long) (slowest / 2));
  }

  private static Map<Contender, List<LatencyTrial.Outcome>> delays(
      Bench bench, Options options, long rate) throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%,d events a second, windows of %d s, %d s for late events%n",
        rate,
        LatencyTrial.WINDOW_SECONDS,
        Setting.LATENESS_SECONDS);
    System.out.println("round  system      p50 ms   p99 ms   latest event ms");
    LatencyTrial trial = new LatencyTrial(bench, options.setting(), rate);
    Map<Contender, List<LatencyTrial.Outcome>> all = new EnumMap<>(Contender.class);
    for (int round = 1; round <= options.rounds(); round++) {
      for (Contender each : options.systems()) {
        LatencyTrial.Outcome outcome = trial.run(each);
        all.computeIfAbsent(each, unused -> new ArrayList<>()).add(outcome);
        System.out.printf(
            Locale.ROOT,
            "%5d  %-10s %,7d %,8d %,17d%n",
            round,
            each.label(),
            outcome.p50Millis(),
            outcome.p99Millis(),
            outcome.feedBehindMillis());
      }
    }
    return all;
  }
}
