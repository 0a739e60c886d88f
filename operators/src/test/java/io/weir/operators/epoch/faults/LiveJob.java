package io.weir.operators.epoch.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.LedgerEntry;
import io.weir.consensus.LedgerEntry.Outcome;
import io.weir.operators.epoch.CommittedRows;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.Factor;
import io.weir.operators.epoch.SharedStore;
import io.weir.operators.epoch.Stamped;
import io.weir.operators.epoch.TestCluster;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;

/** A job whose versions change all the time, and its store. Version n has the factor n. */
final class LiveJob implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(2);
  private static final long CHANGE_MILLIS = 30;
  // A store keeps the hashes of so many versions only that a job may fall behind.
  private static final long MAX_LEAD = 300;

  private final TestCluster cluster;
  private final NumbersJob.Shape shape;
  private final SharedStore store = new SharedStore();
  private final OpenNumbers numbers = OpenNumbers.ofSplits(4);
  private final Injected faults;
  private final CommittedRows rows = CommittedRows.create();
  private final ScheduledExecutorService changes = Executors.newSingleThreadScheduledExecutor();
  private EpochSettings settings = EpochSettings.following(SharedStore.JOB, store.provider());
  private volatile long version = 1;
  private volatile boolean paused;

  private LiveJob(TestCluster cluster, NumbersJob.Shape shape, Duration pause) {
    this.cluster = cluster;
    this.shape = shape;
    faults = Injected.none(pause);
    store.set(0, Factor.document(1));
  }

  static LiveJob on(TestCluster cluster, NumbersJob.Shape shape) {
    return new LiveJob(cluster, shape, PAUSE);
  }

  /** A job of few rows a second, for long tests. */
  static LiveJob slowOn(TestCluster cluster, NumbersJob.Shape shape) {
    return new LiveJob(cluster, shape, PAUSE.multipliedBy(25));
  }

  /** Has versions wait for the next checkpoint. */
  LiveJob withoutApplyNow() {
    settings = settings.withApplyNow(false);
    return this;
  }

  /** Has the job go on with two versions, for controls. */
  LiveJob withoutGoingBack() {
    settings = settings.withFailJobWhenMixed(false);
    return this;
  }

  TestCluster.Running run(int parallelism, Configuration options) throws Exception {
    return run(rows, parallelism, options);
  }

  /** Runs a job that commits elsewhere than the others. */
  TestCluster.Running run(CommittedRows into, int parallelism, Configuration options)
      throws Exception {
    NumbersJob job = new NumbersJob(settings, numbers, faults, into, shape);
    return cluster.run(job::define, parallelism, options);
  }

  SharedStore store() {
    return store;
  }

  Injected faults() {
    return faults;
  }

  CommittedRows rows() {
    return rows;
  }

  /** Proposes versions until the end. */
  LiveJob changeAllTheTime() {
    var unused =
        changes.scheduleWithFixedDelay(
            () -> {
              if (!paused && version - inForce() < MAX_LEAD) {
                change();
              }
            },
            0,
            CHANGE_MILLIS,
            TimeUnit.MILLISECONDS);
    return this;
  }

  /** Has nobody propose anything for a while. */
  void pauseChanges(boolean pause) {
    paused = pause;
  }

  /** Proposes one version, and returns it. */
  long change() {
    version = store.set(version, Factor.document(version + 1)).version();
    return version;
  }

  /** The version that was proposed last. */
  long newest() {
    return version;
  }

  /** The newest version that ever came into force, as far as the store was told. */
  long inForce() {
    return store.ledger().stream()
        .filter(entry -> entry.outcome() == Outcome.IN_FORCE)
        .mapToLong(LedgerEntry::version)
        .max()
        .orElse(0);
  }

  /** Waits until newer versions have come into force so many times. */
  void awaitSwitches(int count) {
    for (int i = 0; i < count; i++) {
      long before = inForce();
      await().atMost(TestCluster.PATIENCE).until(() -> inForce() > before);
    }
  }

  /** Has the job come to its end, while versions still change. */
  void finish(TestCluster.Running running) throws Exception {
    faults.hurry();
    numbers.end();
    assertThat(running.awaitEnd()).isEmpty();
  }

  /** Every number once, every row under one version, and as this version makes it. */
  void assertExactlyOnceUnmixed() {
    assertConsistent(rows);
    assertThat(ids(rows)).isEqualTo(expected());
  }

  static void assertConsistent(CommittedRows rows) {
    assertThat(rows.all().stream().filter(Stamped::isMixed)).isEmpty();
    assertThat(rows.all().stream().filter(row -> row.value() != row.id() * row.second())).isEmpty();
  }

  /** Sorted, each as often as it was committed. */
  static long[] ids(CommittedRows rows) {
    return rows.all().stream().mapToLong(Stamped::id).sorted().toArray();
  }

  /** All numbers that went in, sorted. */
  long[] expected() {
    return job().all().sorted().toArray();
  }

  private NumbersJob job() {
    return new NumbersJob(settings, numbers, faults, rows, shape);
  }

  /** What rows were made under. */
  Set<Long> versions() {
    return rows.all().stream().map(Stamped::second).collect(Collectors.toSet());
  }

  @Override
  public void close() {
    changes.shutdownNow();
    store.close();
  }
}
