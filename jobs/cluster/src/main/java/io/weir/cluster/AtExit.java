package io.weir.cluster;

import io.weir.cluster.process.Roster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Ends the processes of a folder when this process is told to end (Ctrl-C, TERM). */
final class AtExit {

  private final Path folder;
  private final Thread hook = new Thread(this::endAll, "weir-cluster-exit");
  private boolean exiting;

  private AtExit(Path folder) {
    this.folder = folder;
  }

  static AtExit endProcessesOf(Path folder) {
    AtExit atExit = new AtExit(folder.toAbsolutePath().normalize());
    Runtime.getRuntime().addShutdownHook(atExit.hook);
    return atExit;
  }

  private void endAll() {
    synchronized (this) {
      exiting = true;
    }
    try {
      // Whoever starts them may have been at it.
      for (Roster roster = Roster.of(folder);
          !roster.running().isEmpty();
          roster = Roster.of(folder)) {
        roster.endAll();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot end the processes of " + folder, e);
    }
  }

  /** They are ended by others, or shall go on. */
  synchronized void forget() {
    if (!exiting) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
