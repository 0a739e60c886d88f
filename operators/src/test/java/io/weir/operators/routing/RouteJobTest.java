package io.weir.operators.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.SharedStore;
import io.weir.operators.epoch.TestCluster;
import io.weir.operators.routing.RouteJob.Way;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes whose tables change while records go by them. */
@Timeout(300)
class RouteJobTest {

  private static final List<Strategy> STRATEGIES = List.of(Strategy.values());
  private static final int SENDERS = 2;
  private static final int RECEIVERS = 6;
  private static final int CHANGES = 50;
  private static final int RECORDS = 1_000_000;

  private static TestCluster cluster;

  @TempDir private Path folder;

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

  /** With a copy for each operator, and without, the operator of a route stands elsewhere. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sendsNoRecordByAnotherTableThanThatOfItsVersion(boolean reuse) throws Exception {
    store.set(0, document(1));
    Configuration options = options().set(PipelineOptions.OBJECT_REUSE, reuse);
    var running = cluster.run(job(Way.ROUTED)::define, SENDERS, options);
    Arrivals.Counts counts = arrivals.counts();

    for (long version = 1; version <= CHANGES; version++) {
      awaitRecordsUnder(version);
      store.set(version, document(version + 1));
    }
    awaitRecordsUnder(CHANGES + 1);

    assertThat(counts.records.sum()).isGreaterThanOrEqualTo(RECORDS);
    assertThat(counts.onWrongChannel.sum()).isZero();
    assertThat(counts.underWrongVersion.sum()).isZero();
    assertThat(IntStream.range(0, RECEIVERS).mapToLong(counts::at)).doesNotContain(0L);
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

  @Test
  void leastBacklogLeavesASlowReceiverWhatItCanTake() throws Exception {
    store.set(0, TableType.document(Strategy.LEAST_BACKLOG, List.of()));
    cluster.run(job(Way.TO_ONE_SLOW)::define, SENDERS, options());

    awaitRecords(RECORDS);

    assertThat(shareOfSlow()).isLessThan(0.05);
  }

  @Test
  void roundRobinRunsAtTheSpeedOfASlowReceiver() throws Exception {
    store.set(0, TableType.document(Strategy.ROUND_ROBIN, List.of()));
    cluster.run(job(Way.TO_ONE_SLOW)::define, SENDERS, options());

    awaitRecords(RECORDS / 50);

    // The others may be ahead of it by what waits in its channels.
    assertThat(shareOfSlow()).isGreaterThan(0.05);
  }

  private double shareOfSlow() {
    Arrivals.Counts counts = arrivals.counts();
    return (double) counts.at(RouteJob.SLOW_RECEIVER) / counts.records.sum();
  }

  @Test
  void refusesWeightsThatAreNotThoseOfTheReceiversAndKeepsItsTable() throws Exception {
    store.set(0, document(1));
    var running = cluster.run(job(Way.ROUTED)::define, SENDERS, options());
    awaitRecordsUnder(1);

    store.set(1, TableType.document(Strategy.RANDOM, List.of(1, 1, 1, 1, 1, 1, 1)));
    awaitRefusal("route route: there is no receiver 6 to have a weight");
    store.set(2, TableType.document(Strategy.RANDOM, List.of(0, 0, 0, 0, 0, 0)));
    awaitRefusal("all weights are 0");
    store.set(3, TableType.document(Strategy.RANDOM, List.of(1, 1, 1)));
    awaitRefusal("route route: receiver 3 has no weight");
    assertThat(arrivals.counts().under(2) + arrivals.counts().under(3)).isZero();
    store.set(4, document(5));
    awaitRecordsUnder(5);

    assertThat(arrivals.counts().onWrongChannel.sum()).isZero();
    assertThat(arrivals.counts().underWrongVersion.sum()).isZero();
    assertThat(running.restarts()).isZero();
  }

  private void awaitRefusal(String reason) {
    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> store.ledger().stream().anyMatch(entry -> entry.note().contains(reason)));
  }

  @Test
  void fitsItsTableWhenTheNumberOfReceiversHasChanged() throws Exception {
    store.set(0, TableType.document(Strategy.WEIGHTED_ROUND_ROBIN, List.of(0, 1, 2, 3, 3, 3)));
    var six = cluster.run(job(Way.ROUTED)::define, SENDERS, options());
    awaitRecordsUnder(1);
    String savepoint = six.stopWithSavepoint(folder.toString());

    var three = cluster.run(job(Way.ROUTED, 3)::define, SENDERS, options(savepoint));
    awaitRecords(arrivals.counts().records.sum() + RECORDS / CHANGES);
    assertThat(arrivals.counts().at(0)).isZero();
    store.set(1, TableType.document(Strategy.RANDOM, List.of(1, 1, 0)));
    awaitRecordsUnder(2);
    String smaller = three.stopWithSavepoint(folder.toString());
    var seven = cluster.run(job(Way.ROUTED, 7)::define, SENDERS, options(smaller));
    await().atMost(TestCluster.PATIENCE).until(() -> arrivals.counts().at(6) > 0);

    assertThat(arrivals.counts().onWrongChannel.sum()).isZero();
    assertThat(arrivals.counts().underWrongVersion.sum()).isZero();
    assertThat(seven.restarts()).isEqualTo(1);
  }

  @Test
  void doesNotStartIfTheRoutedStreamIsPartitionedAgain() throws Exception {
    var running =
        cluster.run(
            env ->
                Routing.route(
                        env.fromSequence(1, 10),
                        RoutingSettings.fixed(env, RoutingTable.even(Strategy.RANDOM), "undone"))
                    .rebalance()
                    .sinkTo(new DiscardingSink<>()),
            SENDERS,
            options());

    assertThat(running.awaitEnd().orElseThrow())
        .contains("route undone has 0 partitioners and 0 outputs; is its stream partitioned again");
  }

  private RouteJob job(Way way) {
    return job(way, RECEIVERS);
  }

  private RouteJob job(Way way, int receivers) {
    return new RouteJob(
        EpochSettings.following(SharedStore.JOB, store.provider()), way, receivers, arrivals);
  }

  private void awaitRecords(long records) {
    await().atMost(TestCluster.PATIENCE).until(() -> arrivals.counts().records.sum() >= records);
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

  private static Configuration options(String savepoint) {
    return options().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
  }

  private static Configuration options() {
    return new Configuration()
        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(5))
        .set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE)
        .set(RestartStrategyOptions.RESTART_STRATEGY, "none");
  }
}
