package io.weir.consensus.server.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the process is told to end (Ctrl-C, TERM, or the end of its input), and holds it then
 * until what runs in it has been closed, but not for longer than a bound.
 */
final class Ending implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;
  private static final long LOOK_MILLIS = 200;

  /** Something that can be looked at again and again. */
  interface Condition {
    boolean isSo() throws IOException;
  }

  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::tellAndWait, "weir-end");

  private Ending() {}

  static Ending install(boolean atEndOfInput) {
    Ending ending = new Ending();
    Runtime.getRuntime().addShutdownHook(ending.hook);
    if (atEndOfInput) {
      Thread reader = new Thread(ending::readInput, "weir-input");
      reader.setDaemon(true);
      reader.start();
    }
    return ending;
  }

  private void tellAndWait() {
    told.countDown();
    try {
      if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readInput() {
    try {
      while (System.in.read() >= 0) {
        // Nobody has anything to say here; only the end counts.
      }
    } catch (IOException e) {
      // Whoever held the other side is gone.
    }
    told.countDown();
  }

  /**
   * Waits until the process is told to end, or something is no longer so.
   *
   * @return whether the process was told to end
   */
  boolean await(Condition holds) throws IOException {
    try {
      while (holds.isSo() && !told.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        // Looks again.
      }
      return told.getCount() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
