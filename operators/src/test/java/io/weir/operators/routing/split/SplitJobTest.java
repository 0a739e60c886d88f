package io.weir.operators.routing.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.SharedStore;
import io.weir.operators.epoch.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Aggregates by keys of which one has two fifths of all rows, against plain sums. */
@Timeout(300)
class SplitJobTest {

  private static final int RECEIVERS = 8;
  private static final long NUMBERS = 150_000;

  private static TestCluster cluster;

  @TempDir private Path folder;

  private final SharedStore store = new SharedStore();
  private final Windows windows = Windows.create();

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void close() throws Exception {
    cluster.cancelAll();
    store.close();
    windows.forget();
  }

  @Test
  void splitKeysHaveTheTotalsOfPlainSums() throws Exception {
    var running = cluster.run(job(fixed(true), 0)::define, RECEIVERS, options());

    assertThat(running.awaitEnd()).isEmpty();
    assertTotals();
    assertEmittedOnce();
  }

  @Test
  void wholeKeysHaveTheTotalsOfPlainSums() throws Exception {
    var running = cluster.run(job(fixed(false), 0)::define, RECEIVERS, options());

    assertThat(running.awaitEnd()).isEmpty();
    assertTotals();
    assertEmittedOnce();
  }

  @Test
  void failuresInTheMiddleChangeNothing() throws Exception {
    var running = cluster.run(job(fixed(true), 2)::define, RECEIVERS, options());

    assertThat(running.awaitEnd()).isEmpty();
    // Both senders may have failed at once.
    assertThat(running.restarts()).isBetween(1L, 2L);
    assertThat(SplitJob.FAILURES_LEFT).hasValueLessThanOrEqualTo(0);
    assertTotals();
  }

  @Test
  void splittingAndMergingKeysOnTheWayChangesNothing() throws Exception {
    store.set(0, SplitType.document(false));
    var running = cluster.run(job(following(), 0)::define, RECEIVERS, options());

    long version = 1;
    while (!running.hasEnded()) {
      long next = store.set(version, SplitType.document(version % 2 == 1)).version();
      await().atMost(TestCluster.PATIENCE).until(() -> inForce() >= next || running.hasEnded());
      version = next;
    }

    assertThat(running.awaitEnd()).isEmpty();
    assertThat(version).isGreaterThan(5);
    assertTotals();
    assertEmittedOnce();
  }

  @Test
  void goesOnFromASavepointWithOtherNumbersOfReceivers() throws Exception {
    var eight = cluster.run(job(fixed(true), 0)::define, RECEIVERS, options());
    awaitEmissions(1);
    String first = eight.stopWithSavepoint(folder.toString());
    assertThat(eight.awaitEnd()).isEmpty();
    long before = windows.emitted().emissions.sum();
    var three = cluster.run(job(fixed(true), 0)::define, 3, options(first));
    awaitEmissions(before + 1);
    String second = three.stopWithSavepoint(folder.toString());
    var five = cluster.run(job(fixed(true), 0)::define, 5, options(second));

    assertThat(five.awaitEnd()).isEmpty();
    assertTotals();
    assertEmittedOnce();
  }

  private SplitJob job(EpochSettings settings, int failures) {
    return new SplitJob(settings, NUMBERS, failures, windows);
  }

  private static EpochSettings fixed(boolean split) {
    return EpochSettings.fixed("totals", SplitType.document(split));
  }

  private EpochSettings following() {
    return EpochSettings.following(SharedStore.JOB, store.provider());
  }

  private long inForce() {
    return store.ledger().stream().mapToLong(entry -> entry.version()).max().orElse(0);
  }

  private void awaitEmissions(long emissions) {
    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> windows.emitted().emissions.sum() >= emissions);
  }

  private void assertTotals() {
    assertThat(windows.emitted().windows).isEqualTo(SplitJob.expected(NUMBERS));
    assertThat(windows.emitted().contradictions.sum()).isZero();
    assertThat(windows.emitted().late.sum()).isZero();
  }

  private void assertEmittedOnce() {
    assertThat(windows.emitted().emissions.sum()).isEqualTo(windows.emitted().windows.size());
  }

  private static Configuration options() {
    return new Configuration()
        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100))
        .set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE)
        .set(PipelineOptions.GENERIC_TYPES, false)
        .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
        .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3)
        .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
  }

  private static Configuration options(String savepoint) {
    return options().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
  }
}
