package io.weir.cluster.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that was started, by whomever.
 *
 * @param name of its program
 * @param pid its id, which the system gives to another one when it is gone
 * @param since when it started, as the system says
 */
public record Started(String name, long pid, Instant since) {

  /** The system counts from its own start, whose time moves a little when the clock is set. */
  private static final Duration CLOCK_CHANGE = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  static Started of(String name, ProcessHandle process) {
    return new Started(name, process.pid(), start(process).orElse(Instant.EPOCH));
  }

  private static Optional<Instant> start(ProcessHandle process) {
    return process.info().startInstant();
  }

  /** The process, if it runs: another one of the same id is not it. */
  public Optional<ProcessHandle> running() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isThis);
  }

  private boolean isThis(ProcessHandle process) {
    return start(process)
        .map(at -> Duration.between(since, at).abs().compareTo(CLOCK_CHANGE) <= 0)
        .orElse(false);
  }

  /** Ends it in good order if it goes soon, else by force. */
  public void end() {
    running().ifPresent(Started::end);
  }

  private static void end(ProcessHandle process) {
    process.destroy();
    if (!isGone(process)) {
      process.destroyForcibly();
      if (!isGone(process)) {
        throw new IllegalStateException("process " + process.pid() + " survived being killed");
      }
    }
  }

  static boolean isGone(ProcessHandle process) {
    try {
      process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot wait for process " + process.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
