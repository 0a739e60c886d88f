package io.weir.benchmarks;

import io.weir.benchmarks.frame.Machine;
import io.weir.benchmarks.frame.Median;
import io.weir.benchmarks.frame.Workplace;
import io.weir.jobs.cli.Benchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The analytics job against the same aggregates in Flink SQL and against a bare loop that only
 * reads and parses: events a second of processor time, of whole processes, and of wall time.
 */
public final class AnalyticsBenchmark implements Benchmark {

  private static final long DEFAULT_EVENTS = 10_000_000;
  private static final int DEFAULT_ROUNDS = 3;

  /** One report of each side. */
  private record Round(SideReport weir, SideReport flinkSql, SideReport bareLoop) {

    double vsFlinkSql() {
      return weir.eventsPerCpuSecond() / flinkSql.eventsPerCpuSecond();
    }

    double vsBareLoop() {
      return weir.eventsPerCpuSecond() / bareLoop.eventsPerCpuSecond();
    }
  }

  @Override
  public String name() {
    return "analytics";
  }

  @Override
  public String summary() {
    return "events per CPU second against Flink SQL and a bare loop; [events [rounds]]";
  }

  @Override
  public void run(List<String> arguments) throws Exception {
    long events = number(arguments, 0, DEFAULT_EVENTS);
    long rounds = number(arguments, 1, DEFAULT_ROUNDS);
    String machine = Machine.describe();
    System.out.println(machine);
    try (Workplace place = Workplace.open()) {
      Path folder = place.folder();
      Path input = folder.resolve("events");
      EventFiles.write(input, events);
      System.out.printf(Locale.ROOT, "%,d events, %d rounds%n", events, rounds);
      System.out.println("round   side        events/CPU s   events/s   CPU s   wall s");
      List<Round> all = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        all.add(round(round, folder, input, events));
      }
      System.out.println(json(all, events, machine));
    }
  }

  private static long number(List<String> arguments, int index, long otherwise) {
    if (arguments.size() > 2) {
      throw new IllegalArgumentException("takes a number of events and a number of rounds");
    }
    if (arguments.size() <= index) {
      return otherwise;
    }
    String text = arguments.get(index).replace("_", "");
    if (!text.matches("[1-9][0-9]{0,11}")) {
      throw new IllegalArgumentException("must be a whole number from 1, not " + text);
    }
    return Long.parseLong(text);
  }

  private static Round round(int number, Path folder, Path input, long events)
      throws IOException, InterruptedException {
    SideReport weir = side(number, WeirSide.class, folder, input);
    SideReport flinkSql = side(number, FlinkSqlSide.class, folder, input);
    SideReport bareLoop = side(number, BareLoopSide.class, folder, input);
    for (SideReport side : List.of(weir, flinkSql, bareLoop)) {
      if (side.events() != events || side.sumOfBytes() != bareLoop.sumOfBytes()) {
        throw new IOException(
            "the sides do not agree: " + weir + ", " + flinkSql + ", " + bareLoop);
      }
    }
    return new Round(weir, flinkSql, bareLoop);
  }

  private static SideReport side(int round, Class<?> side, Path folder, Path input)
      throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("weir.home", "")).toAbsolutePath();
    Path results = folder.resolve(side.getSimpleName() + "-" + round);
    Files.createDirectories(results);
    SideReport report =
        SideProcess.run(
            home,
            side,
            List.of(
                input.toString(), results.toString(), home.resolve("flink-conf/local").toString()));
    System.out.printf(
        Locale.ROOT,
        "%5d   %-12s %,12.0f %,10.0f %7.1f %8.1f%n",
        round,
        side.getSimpleName().replace("Side", ""),
        report.eventsPerCpuSecond(),
        report.eventsPerSecond(),
        report.cpuSeconds(),
        report.wallSeconds());
    return report;
  }

  private static String json(List<Round> rounds, long events, String machine) {
    return String.format(
        Locale.ROOT,
        "{\"benchmark\":\"analytics\",\"events\":%d,\"rounds\":%d,\"events_per_s_core\":%.0f,"
            + "\"events_per_s_wall\":%.0f,\"vs_flink_sql\":%.2f,\"vs_bare_loop\":%.2f,"
            + "\"machine\":\"%s\"}",
        events,
        rounds.size(),
        Median.of(rounds, round -> round.weir().eventsPerCpuSecond()),
        Median.of(rounds, round -> round.weir().eventsPerSecond()),
        Median.of(rounds, Round::vsFlinkSql),
        Median.of(rounds, Round::vsBareLoop),
        machine);
  }
}
