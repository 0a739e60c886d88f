package io.weir.jobs.cli;

import io.weir.jobs.Jobs;
import io.weir.jobs.doctor.JobDoctor;
import io.weir.jobs.doctor.Versions;
import io.weir.jobs.launch.Launcher;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code weir} itself: what it can do, and the program's start. */
@Command(
    name = "weir",
    description = "Apache Flink jobs whose routing and rules change while they run.",
    synopsisSubcommandLabel = "<command>",
    subcommands = HelpCommand.class,
    footer = {
      "",
      "Of the configuration store (see weir help <command>):",
      "  server         Runs a node, or a cluster on this machine; makes certificates.",
      "  config         Reads and changes the live configuration of jobs.",
      "  doctor         Says what would go wrong before a start.",
      "  check-history  Says whether a recorded history is linearizable.",
      "",
      "On a cluster of processes on this machine (see weir help <command>):",
      "  cluster        Starts one for trying things, shows it, stops it.",
      "  check          Breaks one in every way, and looks for every event.",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.",
      "Start with: weir demo --for 60s"
    })
public final class WeirCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private WeirCommand() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    Place place = Place.ofProcess();
    Launcher launcher = new Launcher(Jobs.all(), System::getenv);
    Benchmarks benchmarks = new Benchmarks(ServiceLoader.load(Benchmark.class));
    // Records and settings are UTF-8, whatever the locale; and this writer knows of lost output.
    CommandLine weir =
        commandLine(place, launcher, benchmarks)
            .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    System.exit(weir.execute(args));
  }

  /** The command line; it prints to standard output and error unless told otherwise. */
  static CommandLine commandLine(Place place, Launcher launcher, Benchmarks benchmarks) {
    CommandLine weir = withHelp(new CommandLine(new WeirCommand()));
    weir.addSubcommand(withHelp(new CommandLine(new DemoCommand(place, launcher))));
    weir.addSubcommand(withHelp(new CommandLine(new RunCommand(place, launcher))));
    weir.addSubcommand(withHelp(new BenchCommand(benchmarks).commandLine()));
    weir.addSubcommand(withHelp(new CommandLine(new VerifyEpochsCommand())));
    weir.addSubcommand(withHelp(new CommandLine(new UpgradeCommand())));
    weir.addSubcommand(
        new DeadLettersCommand(System::getenv, InstantSource.system()).commandLine());
    Supplier<JobDoctor> doctor = () -> new JobDoctor(launcher, Versions.here(), System::getenv);
    weir.addSubcommand(withHelp(new CommandLine(new DoctorCommand(doctor))));
    weir.addSubcommand(config(place, launcher));
    return weir.setParameterExceptionHandler(Mistakes::handleUsage)
        .setExecutionExceptionHandler(Mistakes::handleFailure);
  }

  private static CommandLine config(Place place, Launcher launcher) {
    return withHelp(new CommandLine(new ConfigCommand()))
        .addSubcommand(withHelp(new CommandLine(new ConfigPreviewCommand(place, launcher))));
  }

  static CommandLine withHelp(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this text.")
                .build());
    return command;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
