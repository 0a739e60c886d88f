package io.weir.operators.epoch;

import io.weir.consensus.log.LogStatus;
import io.weir.consensus.log.ReplicatedLog;
import io.weir.consensus.register.Register;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A log of one node over a register that a test can back up. */
final class MemoryLog implements ReplicatedLog {

  private final Register register;
  private long index;

  MemoryLog(Register register) {
    this.register = register;
  }

  @Override
  public synchronized CompletableFuture<byte[]> submit(byte[] command) {
    return CompletableFuture.completedFuture(
        register.apply(++index, System.currentTimeMillis(), command));
  }

  @Override
  public CompletableFuture<Void> barrier() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public LogStatus status() {
    return new LogStatus("memory", "leader", "memory", 1, index, index, List.of("memory"));
  }

  @Override
  public void close() {
    // There is nothing to close.
  }
}
