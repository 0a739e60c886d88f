package io.weir.consensus.store;

import io.weir.consensus.log.LogStatus;
import io.weir.consensus.log.LogUnavailable;
import io.weir.consensus.log.ReplicatedLog;
import io.weir.consensus.log.StateMachine;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A log of one node that forgets everything with the process. */
final class LocalLog implements ReplicatedLog {

  private static final String NODE = "memory";

  private final StateMachine machine;
  private final InstantSource clock;
  private long index;
  private long timeMillis;
  private boolean closed;

  LocalLog(StateMachine machine, InstantSource clock) {
    this.machine = machine;
    this.clock = clock;
  }

  @Override
  public synchronized CompletableFuture<byte[]> submit(byte[] command) {
    if (closed) {
      return CompletableFuture.failedFuture(new LogUnavailable("the store is closed"));
    }
    timeMillis = Math.max(timeMillis, clock.millis());
    return CompletableFuture.completedFuture(machine.apply(++index, timeMillis, command));
  }

  @Override
  public synchronized CompletableFuture<Void> barrier() {
    return closed
        ? CompletableFuture.failedFuture(new LogUnavailable("the store is closed"))
        : CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized LogStatus status() {
    return new LogStatus(NODE, "leader", NODE, 1, index, index, List.of(NODE));
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
