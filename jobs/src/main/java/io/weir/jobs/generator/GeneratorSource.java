package io.weir.jobs.generator;

import io.weir.operators.source.StaticSource;
import java.time.Instant;

/** Makes sources of generated events. */
public final class GeneratorSource {

  private GeneratorSource() {}

  /**
   * A source of the settings' events. Its origins are lanes; a record's position is the event's
   * index.
   *
   * @param now the default start of a stream that waits for the wall clock
   */
  public static StaticSource create(GeneratorSettings settings, Instant now) {
    return new StaticSource(new GeneratorOrigins(settings.startingAt(settings.startOr(now))));
  }
}
