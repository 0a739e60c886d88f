package io.weir.consensus.server.backup;

import java.nio.file.Path;

/** A file is no backup, or not as it was written: nothing of it is restored. */
public final class DamagedBackup extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  DamagedBackup(Path file, String why) {
    super(file + ": " + why + "; nothing was restored");
  }

  DamagedBackup(Path file, int line, String why) {
    this(file, "line " + line + ": " + why);
  }
}
