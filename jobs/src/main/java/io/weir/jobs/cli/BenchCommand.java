package io.weir.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir bench}: one measurement. */
@Command(
    name = "bench",
    description = {
      "Measures, alternating the sides of the comparison in one run.",
      "The last line of standard output is the result as JSON."
    })
final class BenchCommand implements Callable<Integer> {

  private static final Set<String> HELP = Set.of("-h", "--help");

  private final Benchmarks benchmarks;
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "<what>",
      description = "Which measurement, see below.")
  private String what = "";

  @Parameters(index = "1..*", paramLabel = "<argument>", description = "For the measurement.")
  private final List<String> arguments = new ArrayList<>();

  BenchCommand(Benchmarks benchmarks) {
    this.benchmarks = benchmarks;
  }

  /** The command; everything behind its first argument belongs to the measurement. */
  CommandLine commandLine() {
    return new CommandLine(this).setStopAtPositional(true);
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
    spec.usageMessage().sectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, this::list);
  }

  private String list(Help help) {
    StringBuilder text = new StringBuilder(String.format("%nMeasurements:%n"));
    benchmarks
        .all()
        .forEach(each -> text.append(String.format("  %-16s%s%n", each.name(), each.summary())));
    return text.toString();
  }

  @Override
  public Integer call() throws Exception {
    if (what.isEmpty()) {
      String allowed = String.join(", ", benchmarks.names());
      throw mistake("a measurement is missing; allowed: " + allowed);
    }
    Benchmark benchmark =
        benchmarks.all().stream()
            .filter(each -> each.name().equals(what))
            .findFirst()
            .orElseThrow(() -> mistake(Names.unknown("benchmark", what, benchmarks.names())));
    if (arguments.stream().anyMatch(HELP::contains)) {
      spec.commandLine().getOut().printf("weir bench %s: %s%n", what, benchmark.summary());
      return ExitCode.OK;
    }
    try {
      benchmark.run(arguments);
    } catch (IllegalArgumentException e) {
      throw mistake(what + ": " + e.getMessage());
    }
    return ExitCode.OK;
  }

  private ParameterException mistake(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
