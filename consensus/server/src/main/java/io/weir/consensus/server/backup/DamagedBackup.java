package io.weir.consensus.server.backup;

import java.nio.file.Path;

/** A file is no backup, or not as it was written. */
public final class DamagedBackup extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  DamagedBackup(Path file, String why) {
    super(file + ": " + why + "; nothing was restored");
  }

  DamagedBackup(Path file, int line, String why) {
    this(file, "line " + line + ": " + why);
  }

  /** Of a file that was whole when it was checked: some of it may have been sent. */
  DamagedBackup(Path file, DamagedBackup meanwhile) {
    super(
        file
            + ": was changed while it was restored, and only the jobs that were named are; put the"
            + " file back as it was, and the same command goes on",
        meanwhile);
  }
}
