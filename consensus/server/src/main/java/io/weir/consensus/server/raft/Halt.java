package io.weir.consensus.server.raft;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One node's way to stop for good; remembers that it was taken. Thread-safe. */
final class Halt {

  private final HaltHandler handler;
  private final AtomicBoolean halted = new AtomicBoolean();
  private volatile boolean closing;

  Halt(HaltHandler handler) {
    this.handler = handler;
  }

  /** Halts, once, unless the node is being closed: then files and threads go away as they may. */
  void now(String reason, @Nullable Throwable cause) {
    if (!closing && halted.compareAndSet(false, true)) {
      handler.halt(reason, cause);
    }
  }

  /** Nothing may be acknowledged any more. */
  boolean isHalted() {
    return halted.get();
  }

  void closing() {
    closing = true;
  }

  /** A task that halts instead of losing what it throws. */
  Runnable guard(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (Throwable error) {
        now("unexpected error on " + Thread.currentThread().getName(), error);
        throw error;
      }
    };
  }
}
