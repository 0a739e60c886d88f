package io.weir.consensus.server.peers;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A thread that reads a connection. What it sends by any connection, while it hands on what had
 * come, goes together when it is through with that.
 */
final class ReadingThread extends Thread {

  private final Set<Link> held = new LinkedHashSet<>();

  ReadingThread(Runnable work, String name) {
    super(work, name);
    setDaemon(true);
  }

  /** Also what the end of its connection has others answered. */
  @Override
  public void run() {
    try {
      super.run();
    } finally {
      sendHeld();
    }
  }

  /** Whether the current thread is one, and will send what a link has queued. */
  static boolean holds(Link link) {
    if (Thread.currentThread() instanceof ReadingThread reading) {
      reading.held.add(link);
      return true;
    }
    return false;
  }

  /** Sends what the current thread held. */
  static void sendHeld() {
    if (Thread.currentThread() instanceof ReadingThread reading) {
      reading.held.forEach(Link::flush);
      reading.held.clear();
    }
  }
}
