package io.weir.jobs.local;

import java.nio.file.Path;

/** A temporary folder that goes when it is closed, with all that is in it. */
public record ScratchFolder(Path path) implements AutoCloseable {

  public static ScratchFolder create(String prefix) {
    return new ScratchFolder(TempFolder.create(prefix));
  }

  @Override
  public void close() {
    TempFolder.delete(path);
  }
}
