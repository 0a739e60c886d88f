package io.weir.consensus.server.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command {@code weir} as far as the configuration store is concerned. */
@Command(
    name = "weir",
    description = "The commands of the configuration store.",
    synopsisSubcommandLabel = "<command>",
    subcommands = HelpCommand.class)
public final class ConsensusCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private ConsensusCommand() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line; it prints to standard output and error unless told otherwise. */
  static CommandLine commandLine() {
    CommandLine weir = withHelp(new CommandLine(new ConsensusCommand()));
    weir.addSubcommand(withHelp(new CommandLine(new CheckHistoryCommand())));
    return weir.setParameterExceptionHandler(ConsensusCommand::handleUsage)
        .setExecutionExceptionHandler(ConsensusCommand::handleFailure);
  }

  private static CommandLine withHelp(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this text.")
                .build());
    return command;
  }

  private static int handleUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("weir: " + e.getMessage());
    err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private static int handleFailure(Exception e, CommandLine command, ParseResult arguments) {
    command.getErr().println("weir: " + e);
    return ExitCode.SOFTWARE;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
