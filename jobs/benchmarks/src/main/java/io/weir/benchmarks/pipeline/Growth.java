package io.weir.benchmarks.pipeline;

import io.weir.benchmarks.pipeline.sides.Contender;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How the cost grows with events, keys and parallelism, one of them at a time. */
final class Growth {

  private final Bench bench;
  private final Options options;

  /** One thing that grows: its name, its size, and the setting. */
  record Step(String what, long size, Setting setting) {}

  /** What a step cost a system. */
  record Cost(Step step, Contender system, ThroughputTrial.Outcome outcome) {}

  Growth(Bench bench, Options options) {
    this.bench = bench;
    this.options = options;
  }

  void run(String machine) throws Exception {
    System.out.println(
        "grows             size  system      events/CPU s   events/s   CPU s   memory MB");
    List<Cost> costs = new ArrayList<>();
    for (Step step : steps(options.setting())) {
      ThroughputTrial trial = new ThroughputTrial(bench, step.setting());
      for (Contender system : options.systems()) {
        costs.add(shown(new Cost(step, system, trial.run(system))));
      }
    }
    if (options.plot() != null) {
      new GrowthPlot(costs).write(options.plot());
    }
    System.out.println(json(costs, machine));
  }

  static List<Step> steps(Setting base) {
    long few = 1_000_000;
    return Stream.of(
            Stream.of(1_000_000, 2_000_000, 4_000_000, 8_000_000)
                .map(n -> step("events", n, n, base.keys(), base.parallelism(), base)),
            Stream.of(100, 10_000, 100_000, 1_000_000)
                .map(n -> step("keys", n, few, n, base.parallelism(), base)),
            Stream.of(1, 2, 4, 8).map(n -> step("parallelism", n, few, base.keys(), n, base)))
        .flatMap(steps -> steps)
        .toList();
  }

  private static Step step(
      String what, int size, long events, int keys, int parallelism, Setting base) {
    return new Step(what, size, new Setting(events, keys, parallelism, base.intervalMillis()));
  }

  private static Cost shown(Cost cost) {
    System.out.printf(
        Locale.ROOT,
        "%-12s %,9d  %-10s %,13.0f %,10.0f %7.1f %,11.0f%n",
        cost.step().what(),
        cost.step().size(),
        cost.system().label(),
        cost.outcome().perCpuSecond(),
        cost.outcome().perSecond(),
        cost.outcome().cpuSeconds(),
        cost.outcome().memoryMb());
    return cost;
  }

  private static String json(List<Cost> costs, String machine) {
    List<String> rows = new ArrayList<>();
    for (Cost cost : costs) {
      rows.add(
          String.format(
              Locale.ROOT,
              "{\"grows\":\"%s\",\"size\":%d,\"system\":\"%s\",\"events_per_s_core\":%.0f,"
                  + "\"cpu_s\":%.1f,\"memory_mb\":%.0f}",
              cost.step().what(),
              cost.step().size(),
              cost.system().label(),
              cost.outcome().perCpuSecond(),
              cost.outcome().cpuSeconds(),
              cost.outcome().memoryMb()));
    }
    return "{\"benchmark\":\"pipeline\",\"growth\":["
        + String.join(",", rows)
        + "],\"machine\":\""
        + machine
        + "\"}";
  }
}
