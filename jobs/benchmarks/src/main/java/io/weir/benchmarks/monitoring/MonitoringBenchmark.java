package io.weir.benchmarks.monitoring;

import io.weir.benchmarks.SideProcess;
import io.weir.benchmarks.SideReport;
import io.weir.benchmarks.frame.Machine;
import io.weir.benchmarks.frame.Median;
import io.weir.benchmarks.frame.Workplace;
import io.weir.jobs.cli.Benchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The monitoring job against bare loops that only read and parse the same spans, from JSON and from
 * Protocol Buffers, with Weir's parser and with stock ones: spans a second of processor time, of
 * whole processes from their start; and of a second pass in the same processes, which is what a job
 * that runs for long takes.
 */
public final class MonitoringBenchmark implements Benchmark {

  private static final String USAGE = "[copies [rounds [FILE]]]";
  private static final long DEFAULT_COPIES = 20;
  private static final long DEFAULT_ROUNDS = 3;
  private static final String RECORDED = "spans/trainticket-2023-01-29.otlp.jsonl.gz";

  /** One report of each side; both cold, or both warm. */
  private record Pass(SideReport job, SideReport loop, SideReport stock, long spans) {

    double spansPerCpuSecond() {
      return spans / job.cpuSeconds();
    }

    double vsBareParse() {
      return loop.cpuSeconds() / job.cpuSeconds();
    }

    double vsStockParse() {
      return stock.cpuSeconds() / job.cpuSeconds();
    }
  }

  private record Round(Pass cold, Pass warm) {}

  @Override
  public String name() {
    return "monitoring";
  }

  @Override
  public String summary() {
    return "spans per CPU second against a bare parse loop; " + USAGE;
  }

  @Override
  public void run(List<String> arguments) throws Exception {
    if (arguments.size() > 3) {
      throw new IllegalArgumentException("takes " + USAGE);
    }
    long copies = arguments.isEmpty() ? DEFAULT_COPIES : number(arguments.get(0));
    long rounds = arguments.size() < 2 ? DEFAULT_ROUNDS : number(arguments.get(1));
    Path recorded = arguments.size() < 3 ? recorded() : Path.of(arguments.get(2));
    if (!Files.isRegularFile(recorded)) {
      throw new IllegalArgumentException(
          "there is no file " + recorded + "; name one with lines of OTLP JSON, gzipped: " + USAGE);
    }
    String machine = Machine.describe();
    System.out.println(machine);
    try (Workplace place = Workplace.open()) {
      SpanTotals totals = SpanFiles.write(recorded, copies, place);
      System.out.printf(Locale.ROOT, "%,d spans, %d rounds%n", totals.spans(), rounds);
      System.out.println("round  format  side        spans/CPU s   CPU s    warm/CPU s   CPU s");
      System.out.println(json(rounds(rounds, place.folder(), totals), totals, machine));
    }
  }

  private static long number(String argument) {
    String text = argument.replace("_", "");
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException("must be a whole number from 1, not " + argument);
    }
    return Long.parseLong(text);
  }

  private static Path recorded() {
    String data = System.getenv("WEIR_SHARED_DATA");
    Path folder = data == null ? home().resolve("../shared/data") : Path.of(data);
    return folder.resolve(RECORDED).normalize();
  }

  private static Path home() {
    return Path.of(System.getProperty("weir.home", "")).toAbsolutePath();
  }

  private static Map<SpanFormat, List<Round>> rounds(long rounds, Path folder, SpanTotals totals)
      throws IOException, InterruptedException {
    Map<SpanFormat, List<Round>> all = new EnumMap<>(SpanFormat.class);
    for (int number = 1; number <= rounds; number++) {
      for (SpanFormat format : SpanFormat.values()) {
        Round round = round(number, folder, format, totals);
        all.computeIfAbsent(format, unused -> new ArrayList<>()).add(round);
      }
    }
    return all;
  }

  private static Round round(int number, Path folder, SpanFormat format, SpanTotals totals)
      throws IOException, InterruptedException {
    Path input = folder.resolve(format.label());
    Path results = Files.createDirectories(folder.resolve(format.label() + "-" + number));
    List<SideReport> job =
        side(
            MonitoringSide.class,
            List.of(
                input.toString(),
                format.name(),
                results.toString(),
                home().resolve("flink-conf/local").toString()));
    print(number, format, "job", job, totals);
    List<SideReport> loop = side(ParseLoopSide.class, List.of(input.toString(), format.name()));
    print(number, format, "bare parse", loop, totals);
    List<SideReport> stock = side(StockParseSide.class, List.of(input.toString(), format.name()));
    print(number, format, "stock parse", stock, totals);
    List<Pass> passes = new ArrayList<>();
    for (int pass = 0; pass < 2; pass++) {
      check(job.get(pass), totals.calls(), totals.sumMicrosOfCalls());
      check(loop.get(pass), totals.spans(), totals.sumMicros());
      check(stock.get(pass), totals.spans(), totals.sumMicros());
      passes.add(new Pass(job.get(pass), loop.get(pass), stock.get(pass), totals.spans()));
    }
    return new Round(passes.get(0), passes.get(1));
  }

  /** What the first pass took, from the start of the process, and the second one. */
  private static List<SideReport> side(Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    List<SideReport> reports = SideProcess.runAll(home(), main, arguments);
    SideReport cold = reports.get(0);
    return List.of(cold, reports.get(1).since(cold));
  }

  private static void check(SideReport side, long events, long sum) throws IOException {
    if (side.events() != events || side.sumOfBytes() != sum) {
      throw new IOException(side + " is wrong: there were " + events + ", in all " + sum + " us");
    }
  }

  private static void print(
      int round, SpanFormat format, String title, List<SideReport> passes, SpanTotals totals) {
    System.out.printf(
        Locale.ROOT,
        "%5d  %-6s  %-11s%,12.0f %7.1f %,12.0f %7.1f%n",
        round,
        format.label(),
        title,
        totals.spans() / passes.get(0).cpuSeconds(),
        passes.get(0).cpuSeconds(),
        totals.spans() / passes.get(1).cpuSeconds(),
        passes.get(1).cpuSeconds());
  }

  private static String json(
      Map<SpanFormat, List<Round>> rounds, SpanTotals totals, String machine) {
    List<String> formats = new ArrayList<>();
    rounds.forEach((format, each) -> formats.add(json(format, each)));
    return String.format(
        Locale.ROOT,
        "{\"benchmark\":\"monitoring\",\"spans\":%d,%s,\"machine\":\"%s\"}",
        totals.spans(),
        String.join(",", formats),
        machine);
  }

  private static String json(SpanFormat format, List<Round> rounds) {
    return String.format(
        Locale.ROOT,
        "\"%s\":{\"rounds\":%d,\"spans_per_s_core\":%.0f,\"vs_bare_parse\":%.2f,"
            + "\"vs_stock_parse\":%.2f,"
            + "\"warm_spans_per_s_core\":%.0f,\"warm_vs_bare_parse\":%.2f,"
            + "\"warm_vs_stock_parse\":%.2f}",
        format.setting(),
        rounds.size(),
        Median.of(rounds, round -> round.cold().spansPerCpuSecond()),
        Median.of(rounds, round -> round.cold().vsBareParse()),
        Median.of(rounds, round -> round.cold().vsStockParse()),
        Median.of(rounds, round -> round.warm().spansPerCpuSecond()),
        Median.of(rounds, round -> round.warm().vsBareParse()),
        Median.of(rounds, round -> round.warm().vsStockParse()));
  }
}
