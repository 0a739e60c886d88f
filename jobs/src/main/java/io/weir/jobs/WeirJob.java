package io.weir.jobs;

import io.weir.jobs.launch.Launcher;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.launch.SettingsOptions;
import io.weir.jobs.upgrade.StartNote;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * The main class of the job jar, for {@code flink run weir-jobs.jar analytics --settings F} and for
 * submission by REST: parses what the command line {@code weir run} parses, and leaves parallelism,
 * checkpoints and state to the cluster's configuration.
 *
 * <p>Flink calls {@link #main} inside a client or a JobManager, so nothing is printed and nothing
 * exits; whatever is wrong is the message of the exception.
 */
@Command(name = "weir-jobs.jar")
public final class WeirJob {

  private final Launcher launcher = new Launcher(Jobs.all(), System::getenv);

  @Parameters(paramLabel = "<job>")
  private String job = "";

  @Mixin private final SettingsOptions settings = new SettingsOptions();

  private WeirJob() {}

  /**
   * Starts a job.
   *
   * @throws IllegalArgumentException if the arguments are not understood
   * @throws io.weir.jobs.settings.InvalidSettingsException if the settings cannot be used; lists
   *     every mistake
   * @throws Exception what Flink throws if the job cannot be submitted or fails
   */
  public static void main(String[] args) throws Exception {
    WeirJob arguments = parse(args);
    PreparedJob prepared = arguments.launcher.prepare(arguments.job, arguments.settings);
    prepared
        .ownStore()
        .ifPresent(
            store -> {
              throw new IllegalArgumentException(
                  "store.embedded: is for ./weir run, which starts a node beside the job; in a"
                      + " cluster, name the nodes of a store");
            });
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    prepared.define(env);
    env.getConfig().setGlobalJobParameters(StartNote.of(WeirJob.class, List.of(args)).parameters());
    env.execute(arguments.job);
  }

  private static WeirJob parse(String[] args) {
    WeirJob arguments = new WeirJob();
    try {
      new CommandLine(arguments).parseArgs(args);
    } catch (ParameterException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; expected <job> [--settings FILE] [--set PATH=VALUE]...", e);
    }
    return arguments;
  }
}
