package io.weir.consensus.server.cli;

import io.weir.consensus.http.HttpStore;
import io.weir.consensus.server.backup.Backup;
import io.weir.consensus.server.backup.Contents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir config backup}: everything that the store knows, as a file. */
@Command(
    name = "backup",
    description = {
      "Copies all jobs with their histories, ledgers and schemas into a new file.",
      "The cluster goes on meanwhile; a token of the role read is enough."
    })
final class BackupCommand implements Callable<Integer> {

  private final Connection connection;
  private final InstantSource clock;

  @Mixin private StoreOption at = new StoreOption();

  @Parameters(paramLabel = "FILE", description = "Must not exist.")
  private Path file = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  BackupCommand(Connection connection, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    try (HttpStore store = connection.open(at.file())) {
      Contents contents = new Backup(store).write(file, clock.instant());
      spec.commandLine().getOut().println(file + ": " + contents);
      return ExitCode.OK;
    }
  }
}
