package io.weir.jobs.local;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration store's program as this build made it, beside this module. */
public final class BuiltStore {

  private static final Path TARGET = Path.of("..", "consensus", "server", "target");

  private BuiltStore() {}

  /** The program; skips the test where it was not built together with this module. */
  public static StoreProgram program(Path scratch) throws IOException {
    Path libraries = TARGET.resolve("runtime.classpath");
    assumeThat(libraries).as("built together with this module").exists();
    String classes = TARGET.resolve("classes").toRealPath().toString();
    Path classPath = scratch.resolve("store.classpath");
    Files.writeString(classPath, classes + ":" + Files.readString(libraries));
    return new StoreProgram(Path.of("..").toRealPath(), classPath);
  }
}
