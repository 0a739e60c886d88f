package io.weir.consensus.server.raft;

import io.atomix.utils.concurrent.Scheduled;
import io.atomix.utils.concurrent.ThreadContext;
import io.weir.consensus.server.lifecycle.Halt;
import java.time.Duration;

/** The raft thread, with tasks that halt the node where Atomix would lose what they throw. */
final class GuardedThread implements ThreadContext {

  private final ThreadContext thread;
  private final Halt halt;

  GuardedThread(ThreadContext thread, Halt halt) {
    this.thread = thread;
    this.halt = halt;
  }

  @Override
  public void execute(Runnable task) {
    thread.execute(halt.guard(task));
  }

  @Override
  public Scheduled schedule(Duration delay, Runnable task) {
    return thread.schedule(delay, halt.guard(task));
  }

  @Override
  public Scheduled schedule(Duration delay, Duration interval, Runnable task) {
    return thread.schedule(delay, interval, halt.guard(task));
  }

  @Override
  public boolean isCurrentContext() {
    return thread.isCurrentContext();
  }

  @Override
  public void checkThread() {
    thread.checkThread();
  }

  @Override
  public boolean isBlocked() {
    return thread.isBlocked();
  }

  @Override
  public void block() {
    thread.block();
  }

  @Override
  public void unblock() {
    thread.unblock();
  }

  @Override
  public void close() {
    thread.close();
  }
}
