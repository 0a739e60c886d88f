package io.weir.cluster;

import io.weir.cluster.process.Roster;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Ends the processes of a cluster when this process is told to end (Ctrl-C, TERM). */
final class AtExit {

  private final Roster roster;
  private final Thread hook = new Thread(this::endAll, "weir-cluster-exit");
  private boolean exiting;

  private AtExit(Roster roster) {
    this.roster = roster;
  }

  static AtExit endAll(Roster roster) {
    AtExit atExit = new AtExit(roster);
    Runtime.getRuntime().addShutdownHook(atExit.hook);
    return atExit;
  }

  private void endAll() {
    synchronized (this) {
      exiting = true;
    }
    try {
      roster.endAll();
    } catch (IOException e) {
      throw new UncheckedIOException("the list of processes cannot be removed", e);
    }
  }

  /** They are ended by others, or shall go on. */
  synchronized void forget() {
    if (!exiting) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
