package io.weir.consensus.server.cli;

import io.weir.consensus.server.doctor.Finding;
import io.weir.consensus.server.doctor.NodeDoctor;
import io.weir.consensus.server.doctor.StoreDoctor;
import io.weir.consensus.server.doctor.Surroundings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir doctor}: what would go wrong. */
@Command(
    name = "doctor",
    description = {
      "Looks at what a start needs, changes nothing, and says what to do.",
      "  weir doctor --node node.yaml                    a node of the store, on its machine",
      "  weir doctor --store store.yaml                  a cluster, as its clients see it",
      "  weir doctor --job analytics --settings FILE     a job's settings, and what they name"
    },
    footer = {"", "Exit codes: 0 nothing failed, 1 something failed, 2 wrong usage."})
final class DoctorCommand implements Callable<Integer> {

  private final Surroundings machine;
  private final Map<String, String> environment;

  @Option(names = "--node", paramLabel = "<file>", description = "A node's settings.")
  private Optional<Path> node = Optional.empty();

  @Option(names = "--store", paramLabel = "<file>", description = "How to reach a cluster.")
  private Optional<Path> store = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  DoctorCommand(Surroundings machine, Map<String, String> environment) {
    this.machine = machine;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (node.isEmpty() && store.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--node, --store, or first of all --job is needed");
    }
    List<Finding> findings = new ArrayList<>();
    node.ifPresent(file -> findings.addAll(new NodeDoctor(machine).examine(file)));
    store.ifPresent(file -> findings.addAll(new StoreDoctor(machine, environment).examine(file)));
    print(findings);
    boolean failed = findings.stream().anyMatch(each -> each.level() == Finding.Level.FAIL);
    return failed ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private void print(List<Finding> findings) {
    PrintWriter out = spec.commandLine().getOut();
    Table table = new Table("", "what", "says");
    findings.forEach(
        each -> {
          table.add(each.level().name().toLowerCase(Locale.ROOT), each.what(), each.says());
          if (!each.advice().isEmpty()) {
            table.add("", "", "-> " + each.advice());
          }
        });
    table.print(out);
    out.flush();
  }
}
