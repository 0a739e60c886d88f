package io.weir.consensus.server.cli;

import io.weir.consensus.StoreException;
import io.weir.consensus.server.doctor.ThisMachine;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
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

  private static final int VERSION_CONFLICT = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  private ConsensusCommand() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line; it prints to standard output and error unless told otherwise. */
  static CommandLine commandLine() {
    // Whatever the locale says, documents are UTF-8; and a writer of this kind knows of lost
    // output.
    return commandLine(new ConfigCommand(Connection.byFile(), System.in))
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }

  static CommandLine commandLine(ConfigCommand config) {
    CommandLine weir = new CommandLine(new ConsensusCommand());
    weir.addSubcommand(new CheckHistoryCommand());
    weir.addSubcommand(new ServerCommand());
    weir.addSubcommand(new DoctorCommand(new ThisMachine(), System.getenv()));
    weir.addSubcommand(config.commandLine());
    return withManners(weir);
  }

  /** Gives a command and those below it {@code --help}, and the way mistakes are answered here. */
  public static CommandLine withManners(CommandLine command) {
    addHelp(command);
    return command
        .setExecutionStrategy(ConsensusCommand::execute)
        .setParameterExceptionHandler(ConsensusCommand::handleUsage)
        .setExecutionExceptionHandler(ConsensusCommand::handleFailure);
  }

  /** A command whose output was lost, such as on a full disk, is not done. */
  private static int execute(ParseResult arguments) {
    int code = new CommandLine.RunLast().execute(arguments);
    CommandLine command = arguments.commandSpec().commandLine();
    if (code == ExitCode.OK && command.getOut().checkError()) {
      command.getErr().println("weir: the output could not be written");
      return ExitCode.SOFTWARE;
    }
    return code;
  }

  private static void addHelp(CommandLine command) {
    if (!(command.getCommandSpec().userObject() instanceof HelpCommand)) {
      command
          .getCommandSpec()
          .addOption(
              OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .description("Shows this text.")
                  .build());
      command.getSubcommands().values().forEach(ConsensusCommand::addHelp);
    }
  }

  private static int handleUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("weir: " + e.getMessage());
    err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private static int handleFailure(Exception e, CommandLine command, ParseResult arguments) {
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    command.getErr().println("weir: " + words(cause));
    return cause instanceof StoreException.VersionConflict ? VERSION_CONFLICT : ExitCode.SOFTWARE;
  }

  /** Java names files without words; what else is unforeseen bears its type. */
  private static String words(Throwable cause) {
    if (cause instanceof NoSuchFileException missing) {
      return missing.getFile() + ": there is no such file or folder";
    }
    if (cause instanceof AccessDeniedException denied) {
      return denied.getFile() + ": this user may not";
    }
    boolean said =
        cause instanceof StoreException
            || cause instanceof IllegalArgumentException
            || (cause instanceof FileSystemException of && of.getReason() != null);
    return said ? String.valueOf(cause.getMessage()) : cause.toString();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
