package io.weir.jobs.cli;

import io.weir.jobs.upgrade.RefusedException;
import io.weir.jobs.upgrade.UnclearException;
import io.weir.jobs.upgrade.Upgrade;
import io.weir.jobs.upgrade.UpgradeRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir upgrade}: a running job goes on with another jar, or with the old one. */
@Command(
    name = "upgrade",
    description = {
      "Replaces a job that runs in a cluster by one of another jar, without losing anything: stops it"
          + " with a savepoint, starts the new jar from there, and waits for its first checkpoint. If"
          + " there is none in time, the new job is cancelled and the old jar started again.",
      "The arguments are those that the job was started with, unless others stand behind --."
    },
    footer = {
      "",
      "Exit codes: 0 upgraded; 1 the old jar runs (rolled back, or never stopped); 2 refused before"
          + " anything was done; 3 neither is known to run well, and what to do now."
    })
final class UpgradeCommand implements Callable<Integer> {

  private static final int ROLLED_BACK = 1;
  private static final int REFUSED = 2;
  private static final int UNCLEAR = 3;

  @Parameters(index = "0", paramLabel = "JOB", description = "The job's name, or Flink's id of it.")
  private String job = "";

  @Parameters(
      index = "1..*",
      paramLabel = "ARGUMENT",
      description = "Behind --: arguments in place of those that the job was started with.")
  private final List<String> arguments = new ArrayList<>();

  @Option(names = "--jar", paramLabel = "FILE", required = true, description = "The new jar.")
  private Path jar = Path.of("");

  @Option(
      names = "--old-jar",
      paramLabel = "FILE",
      description =
          "The jar that runs now, for going back. Not needed if it was uploaded by REST and is still"
              + " there.")
  private @Nullable Path oldJar;

  @Option(
      names = "--cluster",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8081",
      description = "Where the JobManager answers. Default: ${DEFAULT-VALUE}")
  private URI cluster = URI.create("");

  @Option(
      names = "--savepoints",
      paramLabel = "DIR",
      description =
          "Where the savepoint goes, seen from the cluster. Default: its"
              + " execution.checkpointing.savepoint-dir")
  private @Nullable String savepoints;

  @Option(
      names = "--limit",
      paramLabel = "DURATION",
      defaultValue = "5min",
      converter = DurationConverter.class,
      description =
          "How long the stop may take, and then the first checkpoint. Default: ${DEFAULT-VALUE}")
  private Duration limit = Duration.ZERO;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    if (!String.valueOf(cluster.getScheme()).matches("https?") || cluster.getHost() == null) {
      throw new ParameterException(
          spec.commandLine(), "--cluster " + cluster + ": must be like http://10.0.0.1:8081");
    }
    UpgradeRequest request =
        new UpgradeRequest(cluster, job, jar, oldJar, savepoints, arguments, limit);
    try {
      return switch (new Upgrade(request, spec.commandLine().getOut()::println).run()) {
        case UPGRADED -> 0;
        case ROLLED_BACK -> ROLLED_BACK;
      };
    } catch (RefusedException e) {
      return fail("not begun: " + e.getMessage(), REFUSED);
    } catch (UnclearException e) {
      return fail("UNCLEAR: " + e.getMessage(), UNCLEAR);
    }
  }

  private int fail(String message, int code) {
    spec.commandLine().getOut().flush();
    spec.commandLine().getErr().println("weir: " + message);
    return code;
  }
}
