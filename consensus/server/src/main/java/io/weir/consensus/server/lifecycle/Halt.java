package io.weir.consensus.server.lifecycle;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One node's way to stop for good; remembers that it was taken. Thread-safe. */
public final class Halt {

  private final HaltHandler handler;
  private final AtomicBoolean halted = new AtomicBoolean();
  private volatile boolean closing;

  public Halt(HaltHandler handler) {
    this.handler = handler;
  }

  /** Halts, once, unless the node is being closed: then files and threads go away as they may. */
  public void now(String reason, @Nullable Throwable cause) {
    if (!closing && halted.compareAndSet(false, true)) {
      handler.halt(reason, cause);
    }
  }

  /** Nothing may be acknowledged any more. */
  public boolean isHalted() {
    return halted.get();
  }

  public void closing() {
    closing = true;
  }

  /** A task that halts instead of losing what it throws. */
  public Runnable guard(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (Throwable error) {
        now("unexpected error on " + Thread.currentThread().getName(), error);
        throw error;
      }
    };
  }

  /** Does something; what it throws halts, and goes no further. */
  @SuppressWarnings("CatchingUnchecked") // Whatever it is, the halt tells it.
  public void contain(Runnable task) {
    try {
      task.run();
    } catch (Throwable error) {
      now("unexpected error on " + Thread.currentThread().getName(), error);
    }
  }
}
