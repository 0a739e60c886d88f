package io.weir.cluster.cli;

import io.weir.cluster.ClusterSettings;
import io.weir.cluster.ClusterStatus;
import io.weir.cluster.RecordedCluster;
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
              defaultValue = "",
              description = "Of Flink. Default: the one that the jobs are built for.")
          String version,
      @Option(names = "--folder", paramLabel = "FOLDER", description = FOLDER)
          Optional<Path> folder)
      throws IOException, InterruptedException {
    ClusterSettings settings = settings(place(folder), version);
    out().printf("Starting Flink %s and what belongs to it%n", settings.library().version());
    out().flush();
    RecordedCluster.start(settings);
    return show(settings.folder());
  }

  private static final String FOLDER = "Where it lives. Default: target/cluster";

  private ClusterSettings settings(Path folder, String version) {
    try {
      return installation.settings(folder, version);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--flink: " + e.getMessage(), e);
    }
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
