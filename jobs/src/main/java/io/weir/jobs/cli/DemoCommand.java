package io.weir.jobs.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir demo}: everything at once, with nothing to set up. */
@Command(
    name = "demo",
    description = {
      "Shows the whole pipeline, with nothing to set up.",
      "Starts Kafka, PostgreSQL and Flink, generates access-log events and aggregates them",
      "exactly once; ends with a balance of every event."
    })
final class DemoCommand implements Callable<Integer> {

  private final Place place;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "How long events are generated. Default: ${DEFAULT-VALUE}")
  private Duration duration = Duration.ZERO;

  @Mixin private final ProfileOptions profile = new ProfileOptions();

  DemoCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() throws Exception {
    Path folder = profile.folder(place);
    RunLog.start(place, folder);
    throw new UnsupportedOperationException(
        "there is no demo in this build; it would have run for " + duration);
  }
}
