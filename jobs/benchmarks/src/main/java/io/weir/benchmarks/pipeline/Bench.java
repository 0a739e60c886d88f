package io.weir.benchmarks.pipeline;

import io.weir.benchmarks.frame.Workplace;
import io.weir.benchmarks.pipeline.sides.Contender;
import io.weir.jobs.local.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** Where the trials take place: a broker in this process, and a folder. For one thread. */
final class Bench {

  private final Workplace place;
  private final EmbeddedKafka kafka;
  private final Path home;
  private int trials;

  /**
   * A bench with a broker of its own.
   *
   * @param home the project's folder
   */
  Bench(Workplace place, Path home) throws Exception {
    this.place = place;
    this.home = home;
    kafka = place.start(EmbeddedKafka::start);
    // What it and its clients say when topics come and go would stand between the figures.
    Configurator.setLevel(Map.of("kafka", Level.FATAL, "org.apache.kafka", Level.FATAL));
  }

  Workplace place() {
    return place;
  }

  Path home() {
    return home;
  }

  String servers() {
    return kafka.servers();
  }

  /** A name that no other trial of this bench has. */
  String nextTrial(Contender contender) {
    trials++;
    return contender.label() + "-" + trials;
  }

  /** A new folder for a trial. */
  Path folder(String trial) throws IOException {
    return Files.createDirectories(place.folder().resolve(trial));
  }
}
