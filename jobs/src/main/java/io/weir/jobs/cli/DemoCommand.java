package io.weir.jobs.cli;

import io.weir.jobs.demo.Demo;
import io.weir.jobs.launch.Launcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir demo}: everything at once, with nothing to set up. */
@Command(
    name = "demo",
    description = {
      "Shows the whole pipeline, with nothing to set up.",
      "Starts Kafka, PostgreSQL, Flink and three nodes of the configuration store, generates",
      "access-log events and aggregates them exactly once; ends with a balance of every event,",
      "and fails if one is lost or doubled.",
      "Ctrl-C stops everything; nothing is left behind."
    })
final class DemoCommand implements Callable<Integer> {

  private static final Duration LONGEST = Duration.ofDays(1);

  private final Place place;
  private final Launcher launcher;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "How long events are generated, up to 1d. Default: ${DEFAULT-VALUE}")
  private Duration duration = Duration.ZERO;

  @Mixin private final ProfileOptions profile = new ProfileOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  DemoCommand(Place place, Launcher launcher) {
    this.place = place;
    this.launcher = launcher;
  }

  @Override
  public Integer call() throws Exception {
    if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new ParameterException(
          spec.commandLine(), "--for must be longer than nothing and at most 1d");
    }
    Path folder = profile.folder(place);
    RunLog.start(place, folder);
    Demo demo =
        new Demo(
            profile.load(folder),
            launcher,
            place.store(),
            duration,
            spec.commandLine().getOut(),
            place.screen());
    return demo.run().balances() ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
