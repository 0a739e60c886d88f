package io.weir.cluster.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

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

  /** Nothing that is ended is needed again, so whoever is slow is not waited for. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration LONGEST_DEATH = Duration.ofSeconds(20);

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

  /** Ends processes: all are asked to go, and those that are there after ten seconds are killed. */
  static void endAll(List<Started> processes) {
    endAll(processes, GRACE);
  }

  static void endAll(List<Started> processes, Duration grace) {
    List<ProcessHandle> running =
        processes.stream().flatMap(process -> process.running().stream()).toList();
    running.forEach(ProcessHandle::destroy);
    awaitEnd(running, grace);
    kill(running);
  }

  /**
   * Kills what is left of processes; returns when all are gone.
   *
   * @throws IllegalStateException if one survives
   */
  static void kill(List<ProcessHandle> processes) {
    List<ProcessHandle> left = processes.stream().filter(ProcessHandle::isAlive).toList();
    left.forEach(ProcessHandle::destroyForcibly);
    awaitEnd(left, LONGEST_DEATH);
    List<Long> survivors =
        left.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::pid).toList();
    if (!survivors.isEmpty()) {
      throw new IllegalStateException("processes survived being killed: " + survivors);
    }
  }

  /** Waits also when interrupted: who is told to end must not leave processes behind. */
  private static void awaitEnd(List<ProcessHandle> processes, Duration limit) {
    CompletableFuture<?> gone =
        CompletableFuture.allOf(
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
            .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS);
    gone.join();
  }
}
