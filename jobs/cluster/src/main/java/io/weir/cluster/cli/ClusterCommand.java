package io.weir.cluster.cli;

import io.weir.cluster.ClusterSettings;
import io.weir.cluster.ClusterStatus;
import io.weir.cluster.RecordedCluster;
import io.weir.cluster.servers.FlinkLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir cluster}: a cluster of processes on this machine, for trying things. */
@Command(
    name = "cluster",
    description = {
      "Runs a cluster of real processes on this machine, for trying things: Flink",
      "with two JobManagers and ZooKeeper, three Kafka brokers, PostgreSQL, and three",
      "nodes of the store. Takes about 5 GB. All listen on 127.0.0.1 alone."
    })
final class ClusterCommand implements Runnable {

  private static final String FOLDER = "Where it lives. Default: target/cluster";

  private final Installation installation;

  @Spec private CommandSpec spec = CommandSpec.create();

  ClusterCommand(Installation installation) {
    this.installation = installation;
  }

  @Command(
      name = "start",
      description = "Starts it, empty, and returns when everything serves; the processes go on.")
  int start(
      @Option(
              names = "--flink",
              paramLabel = "VERSION",
              description = "Of Flink. Default: the one that the jobs are built for.")
          Optional<FlinkLibrary> flink,
      @Option(names = "--folder", paramLabel = "FOLDER", description = FOLDER)
          Optional<Path> folder)
      throws IOException, InterruptedException {
    ClusterSettings settings = installation.settings(place(folder), flink);
    out().printf("Starting Flink %s and what belongs to it%n", settings.library().version());
    out().flush();
    RecordedCluster.start(settings);
    return show(settings.folder());
  }

  @Command(
      name = "status",
      description = "Says what runs, and where; ends with 1 if something is gone.")
  int status(
      @Option(names = "--folder", paramLabel = "FOLDER", description = FOLDER)
          Optional<Path> folder)
      throws IOException {
    return show(place(folder));
  }

  private int show(Path folder) throws IOException {
    ClusterStatus status = ClusterStatus.of(folder);
    status.lines().forEach(out()::println);
    return status.whole() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  @Command(
      name = "stop",
      description = "Ends what was started, by its ids; the logs stay until the next start.")
  int stop(
      @Option(names = "--folder", paramLabel = "FOLDER", description = FOLDER)
          Optional<Path> folder)
      throws IOException {
    int ended = RecordedCluster.stop(place(folder));
    out().println(ended == 1 ? "1 process has ended" : ended + " processes have ended");
    return ExitCode.OK;
  }

  private Path place(Optional<Path> folder) {
    return folder.orElseGet(installation::defaultFolder).toAbsolutePath().normalize();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "one of start, status and stop is needed");
  }
}
