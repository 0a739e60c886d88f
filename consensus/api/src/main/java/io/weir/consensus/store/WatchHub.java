package io.weir.consensus.store;

import io.weir.consensus.Watch;
import io.weir.consensus.WatchListener;
import io.weir.consensus.register.JobHistory;
import io.weir.consensus.register.Register;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Wakes the watches of a job when it gets a new version. Each watch reads on from where it is, so
 * nothing is queued: a slow listener costs no memory, and falls behind until what it wants next is
 * gone.
 */
final class WatchHub implements AutoCloseable {

  private final Register register;
  private final Executor executor;
  private final ConcurrentHashMap<String, Set<RegisterWatch>> watches = new ConcurrentHashMap<>();

  WatchHub(Register register, Executor executor) {
    this.register = register;
    this.executor = executor;
    register.onNewVersion(this::wake);
  }

  Watch watch(String job, long from, WatchListener listener) {
    RegisterWatch watch = new RegisterWatch(this, job, from, listener);
    watches.compute(
        job,
        (name, known) -> {
          Set<RegisterWatch> all = known == null ? ConcurrentHashMap.newKeySet() : known;
          all.add(watch);
          return all;
        });
    watch.wake();
    return watch;
  }

  void remove(RegisterWatch watch) {
    watches.computeIfPresent(
        watch.job(),
        (name, known) -> {
          known.remove(watch);
          return known.isEmpty() ? null : known;
        });
  }

  private void wake(String job) {
    watches.getOrDefault(job, Set.of()).forEach(RegisterWatch::wake);
  }

  Optional<JobHistory> history(String job) {
    return register.job(job);
  }

  Executor executor() {
    return executor;
  }

  @Override
  public void close() {
    watches.values().forEach(all -> all.forEach(RegisterWatch::close));
  }
}
