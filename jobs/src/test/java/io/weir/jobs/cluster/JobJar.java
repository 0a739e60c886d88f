package io.weir.jobs.cluster;

import java.nio.file.Files;
import java.nio.file.Path;

/** The jar that is handed to clusters, as the build has just made it. */
final class JobJar {

  private JobJar() {}

  static Path file() {
    Path jar = Path.of("target", "weir-jobs.jar").toAbsolutePath();
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is missing; mvn package makes it");
    }
    return jar;
  }
}
