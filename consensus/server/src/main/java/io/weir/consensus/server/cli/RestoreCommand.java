package io.weir.consensus.server.cli;

import io.weir.consensus.http.HttpStore;
import io.weir.consensus.server.backup.Restore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir config restore}: a backup back into a store. */
@Command(
    name = "restore",
    description = {
      "Brings the jobs of a backup into a store in which they have no versions.",
      "The file is checked as a whole before anything is sent. Numbers and hashes stay as they"
          + " were; a job shows up when all of its versions have arrived. After an interruption the"
          + " same command goes on. Needs a token of the role admin."
    })
final class RestoreCommand implements Callable<Integer> {

  private final Connection connection;

  @Mixin private StoreOption at = new StoreOption();

  @Parameters(paramLabel = "FILE", description = "Of weir config backup.")
  private Path file = Path.of("");

  @Option(
      names = "--job",
      paramLabel = "<name>",
      description = "Only this one; may be given several times.")
  private Set<String> jobs = Set.of();

  @Option(names = "--dry-run", description = "Checks file and store, and changes nothing.")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  RestoreCommand(Connection connection) {
    this.connection = connection;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (HttpStore store = connection.open(at.file())) {
      Restore restore = Restore.of(store, file, jobs);
      if (dryRun) {
        restore.checkRoom();
        restore.jobs().forEach((job, newest) -> out.println(job + ": would end with " + newest));
      } else {
        restore.run(
            line -> {
              out.println(line);
              out.flush();
            });
      }
      return ExitCode.OK;
    }
  }
}
