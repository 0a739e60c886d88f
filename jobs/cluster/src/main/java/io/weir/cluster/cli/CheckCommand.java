package io.weir.cluster.cli;

import io.weir.cluster.Cluster;
import io.weir.cluster.ClusterSettings;
import io.weir.cluster.RecordedCluster;
import io.weir.cluster.faults.FaultCheck;
import io.weir.cluster.servers.FlinkLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir check}: whether what is promised holds on a cluster that breaks. */
@Command(name = "check", description = "Checks what is promised on a cluster of real processes.")
final class CheckCommand implements Runnable {

  private final Installation installation;

  @Spec private CommandSpec spec = CommandSpec.create();

  CheckCommand(Installation installation) {
    this.installation = installation;
  }

  @Command(
      name = "faults",
      description = {
        "Starts a cluster, and breaks it in every way, one after the other, then at",
        "random, under a steady load and with a configuration that changes every",
        "few seconds. After each fault every event is looked for. Ends with 0 if",
        "none was lost, doubled or processed under two versions; else with 1, and",
        "the logs stay. Takes about ten minutes, and as long as faults come at random."
      })
  int faults(
      @Option(
              names = "--minutes",
              paramLabel = "N",
              defaultValue = "10",
              description = "How long faults come at random, 0 to 600. Default: ${DEFAULT-VALUE}")
          int minutes,
      @Option(
              names = "--flink",
              paramLabel = "VERSION",
              description = "Of Flink. Default: the one that the jobs are built for.")
          Optional<FlinkLibrary> flink,
      @Option(
              names = "--only",
              paramLabel = "WORDS",
              defaultValue = "",
              description = "Tries only faults with these words in their names one by one.")
          String only,
      @Option(names = "--seed", paramLabel = "N", description = "Of what is random.")
          Optional<Long> seed)
      throws IOException, InterruptedException, SQLException {
    if (minutes < 0 || minutes > 600) {
      throw new ParameterException(spec.commandLine(), "--minutes must be 0 to 600");
    }
    Path folder = Files.createTempDirectory("weir-faults-");
    long used = seed.orElseGet(System::nanoTime);
    out().println("Seed " + used + "; logs are in " + folder);
    out().flush();
    ClusterSettings settings = installation.settings(folder, flink);
    boolean good = check(settings, used, only, Duration.ofMinutes(minutes));
    if (good) {
      RecordedCluster.remove(folder);
    }
    out().println(good ? "All of it holds." : "It does not hold; see " + folder);
    return good ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private boolean check(ClusterSettings settings, long seed, String only, Duration storm)
      throws IOException, InterruptedException, SQLException {
    try (Cluster cluster = Cluster.start(settings);
        FaultCheck check = new FaultCheck(cluster, seed, this::say)) {
      return check.run(only, storm);
    }
  }

  private void say(String line) {
    out().println(line);
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what is to be checked is missing: faults");
  }
}
