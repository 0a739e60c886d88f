package io.weir.jobs.cli;

import io.weir.jobs.launch.UnknownJobException;
import io.weir.jobs.local.JobFailedException;
import io.weir.jobs.settings.InvalidSettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong, in lines that a person can act on, and with which exit code. */
final class Mistakes {

  private static final int INTERRUPTED = 130;

  private Mistakes() {}

  /** Answers arguments that were not understood. */
  static int handleUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("weir: " + (e instanceof UnmatchedArgumentException u ? unmatched(u) : plain(e)));
    err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private static String plain(ParameterException e) {
    String message = String.valueOf(e.getMessage());
    Collection<String> commands = names(e.getCommandLine().getSubcommands().keySet());
    return e.getCommandLine().getParent() == null && !commands.isEmpty()
        ? message + "; allowed: " + String.join(", ", commands)
        : message;
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String argument = e.getUnmatched().get(0);
    CommandLine command = e.getCommandLine();
    if (argument.startsWith("-")) {
      return Names.unknown("option", argument, longNames(command.getCommandSpec().options()));
    }
    return command.getSubcommands().isEmpty()
        ? "unexpected argument '" + argument + "'"
        : Names.unknown("command", argument, names(command.getSubcommands().keySet()));
  }

  private static List<String> longNames(List<OptionSpec> options) {
    return options.stream().map(OptionSpec::longestName).sorted().toList();
  }

  private static List<String> names(Collection<String> commands) {
    return commands.stream().sorted().toList();
  }

  /** Answers what a command threw. */
  static int handleFailure(Exception e, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    if (e instanceof InvalidSettingsException invalid) {
      err.println("weir: the settings cannot be used:");
      invalid.problems().forEach(problem -> err.println("  " + problem));
      return ExitCode.USAGE;
    }
    if (e instanceof UnknownJobException unknown) {
      err.println("weir: " + Names.unknown("job", unknown.job(), unknown.allowed()));
      return ExitCode.USAGE;
    }
    if (e instanceof CancellationException) {
      return INTERRUPTED;
    }
    err.println("weir: " + said(e));
    RunLog.current().ifPresent(log -> err.println("The log with all details: " + log));
    return ExitCode.SOFTWARE;
  }

  private static String said(Exception e) {
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + ": there is no such file or folder";
    }
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    // Without a message, the name of the class is all that there is to say.
    boolean inWords = e instanceof JobFailedException || e instanceof IOException;
    return inWords && e.getMessage() != null ? e.getMessage() : e.toString();
  }
}
