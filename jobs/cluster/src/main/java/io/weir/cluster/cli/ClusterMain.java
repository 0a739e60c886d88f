package io.weir.cluster.cli;

import io.weir.cluster.servers.FlinkLibrary;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Those commands of {@code weir} that need a cluster of processes. */
@Command(name = "weir", synopsisSubcommandLabel = "<command>", subcommands = HelpCommand.class)
public final class ClusterMain implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private ClusterMain() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) throws IOException {
    System.exit(commandLine(Installation.ofProcess()).execute(arguments));
  }

  static CommandLine commandLine(Installation installation) {
    return withHelp(
            new CommandLine(new ClusterMain())
                .addSubcommand(new ClusterCommand(installation))
                .addSubcommand(new CheckCommand(installation)))
        .registerConverter(FlinkLibrary.class, installation::library)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              String reason = failure.getMessage();
              command.getErr().println("weir: " + (reason == null ? failure : reason));
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  /** Gives a command, and those below it, an option of its own; {@code help} needs none. */
  private static CommandLine withHelp(CommandLine command) {
    if (!(command.getCommand() instanceof HelpCommand)) {
      command
          .getCommandSpec()
          .addOption(
              OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .description("Shows this text.")
                  .build());
    }
    command.getSubcommands().values().forEach(ClusterMain::withHelp);
    return command;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
