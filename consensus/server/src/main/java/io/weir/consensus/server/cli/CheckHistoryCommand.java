package io.weir.consensus.server.cli;

import io.weir.consensus.server.history.History;
import io.weir.consensus.server.history.TooManyConfigurations;
import io.weir.consensus.server.history.Violation;
import io.weir.consensus.server.history.file.HistoryFile;
import io.weir.consensus.server.history.file.UnreadableHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir check-history}: whether a recorded history is linearizable. */
@Command(
    name = "check-history",
    description = {
      "Says whether what clients were told can be explained by operations that happened one after"
          + " the other, each between its call and its answer.",
      "Reads histories of the configuration store (JSON lines) and of etcd (Jepsen's log)."
    },
    footer = {
      "",
      "Exit codes: 0 linearizable, 1 not linearizable, 2 no verdict (the file cannot be read, or too"
          + " much is under way at the same time)."
    })
final class CheckHistoryCommand implements Callable<Integer> {

  private static final int LINEARIZABLE = 0;
  private static final int NOT_LINEARIZABLE = 1;
  private static final int NO_VERDICT = 2;

  @Parameters(paramLabel = "FILE", description = "The history.")
  private Path file = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      return judge(HistoryFile.read(file));
    } catch (UnreadableHistory e) {
      return noVerdict(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return noVerdict(file + ": cannot be read: " + e);
    } catch (TooManyConfigurations e) {
      return noVerdict(file + ": cannot be decided: " + e.getMessage());
    }
  }

  private int noVerdict(String why) {
    spec.commandLine().getErr().println("weir: " + why);
    return NO_VERDICT;
  }

  private int judge(History<?, ?, ?> history) {
    PrintWriter out = spec.commandLine().getOut();
    List<Violation> violations = history.violations(History.MAX_CONFIGURATIONS);
    violations.forEach(each -> ViolationReport.print(history.kind(), each, out));
    out.printf(
        "%s: %s; %,d operations, %s: %d%n",
        file,
        violations.isEmpty() ? "linearizable" : "not linearizable",
        history.operations(),
        history.kind() + "s",
        history.registers().size());
    return violations.isEmpty() ? LINEARIZABLE : NOT_LINEARIZABLE;
  }
}
