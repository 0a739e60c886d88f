package io.weir.cluster;

import io.weir.cluster.servers.FlinkLibrary;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this build made, beside this module. */
public final class Built {

  private static final Path PROJECT = Path.of("..", "..");

  private Built() {}

  public static Path project() throws IOException {
    return PROJECT.toRealPath();
  }

  /** Flink's libraries, the one that the jobs are built for first. */
  public static List<FlinkLibrary> libraries() throws IOException {
    Path file = Path.of("target", "lib.classpath");
    return FlinkLibrary.read(
        Path.of("lib").resolve(file) + File.pathSeparator + Path.of("lib-next").resolve(file));
  }

  /** The jar that goes to clusters. */
  public static Path jobJar() throws IOException {
    return project().resolve("jobs").resolve("target").resolve("weir-jobs.jar");
  }

  /** The class path of the store's nodes, in a file. */
  public static Path storeClassPath(Path scratch) throws IOException {
    Path target = project().resolve("consensus").resolve("server").resolve("target");
    return Files.writeString(
        scratch.resolve("store.classpath"),
        target.resolve("classes")
            + File.pathSeparator
            + Files.readString(target.resolve("runtime.classpath")));
  }
}
