package io.weir.operators.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.SharedStore;
import io.weir.operators.epoch.TestCluster;
import io.weir.operators.routing.RouteJob.Way;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Routes whose tables change while records go by them. */
@Timeout(300)
class RouteJobTest {

  private static final List<Strategy> STRATEGIES = List.of(Strategy.values());
  private static final int SENDERS = 2;
  private static final int RECEIVERS = 6;
  private static final int CHANGES = 50;
  private static final int RECORDS = 1_000_000;

  private static TestCluster cluster;

  private final SharedStore store = new SharedStore();
  private final Arrivals arrivals = Arrivals.create();

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
    arrivals.forget();
  }

  @Test
  void sendsNoRecordByAnotherTableThanThatOfItsVersion() throws Exception {
    store.set(0, document(1));
    var running = cluster.run(job(Way.ROUTED)::define, SENDERS, options());
    Arrivals.Counts counts = arrivals.counts();

    for (long version = 1; version <= CHANGES; version++) {
      awaitRecordsUnder(version);
      store.set(version, document(version + 1));
    }
    awaitRecordsUnder(CHANGES + 1);

    assertThat(counts.records.sum()).isGreaterThanOrEqualTo(RECORDS);
    assertThat(counts.onWrongChannel.sum()).isZero();
    assertThat(counts.underWrongVersion.sum()).isZero();
    assertThat(counts.byReceiver).hasSize(RECEIVERS);
    assertThat(running.restarts()).isZero();
  }

  @Test
  void aTableThatChangesAnyTimeSendsRecordsByTheWrongOne() throws Exception {
    store.set(0, document(1));
    cluster.run(job(Way.UNCOORDINATED)::define, SENDERS, options());

    long version = 1;
    while (arrivals.counts().onWrongChannel.sum() == 0 && version <= CHANGES) {
      awaitRecordsUnder(version);
      store.set(version, document(++version));
    }

    assertThat(arrivals.counts().onWrongChannel.sum()).isPositive();
  }

  private RouteJob job(Way way) {
    return new RouteJob(
        EpochSettings.following(SharedStore.JOB, store.provider()), way, RECEIVERS, arrivals);
  }

  private void awaitRecordsUnder(long version) {
    await()
        .atMost(TestCluster.PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> arrivals.counts().under(version) >= RECORDS / CHANGES);
  }

  /** The lower half of the receivers under even versions, the upper half under odd ones. */
  private static String document(long version) {
    Strategy strategy = STRATEGIES.get((int) (version % STRATEGIES.size()));
    return TableType.document(
        strategy, version % 2 == 0 ? List.of(1, 2, 3, 0, 0, 0) : List.of(0, 0, 0, 3, 2, 1));
  }

  private static Configuration options() {
    return new Configuration()
        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(5))
        .set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE)
        .set(RestartStrategyOptions.RESTART_STRATEGY, "none");
  }
}
