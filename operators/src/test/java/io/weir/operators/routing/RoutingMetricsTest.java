package io.weir.operators.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.operators.epoch.TestCluster;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

// JUnit starts the cluster before all tests.
@SuppressWarnings("NullAway.Init")
class RoutingMetricsTest {

  private static final int RECORDS = 4_000;

  private static InMemoryReporter metrics;
  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    metrics = InMemoryReporter.createWithRetainedMetrics();
    cluster = TestCluster.start(metrics.addToConfiguration(new Configuration()));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void showRecordsShareBacklogAndWeightOfEachChannel() throws Exception {
    JobID job = run(1);

    assertThat(gauge(job, "route.0.channel.0.records")).isEqualTo(1_000L);
    assertThat(gauge(job, "route.0.channel.1.records")).isEqualTo(3_000L);
    assertThat((double) gauge(job, "route.0.channel.1.share")).isCloseTo(0.75, within(1e-9));
    assertThat(gauge(job, "route.0.channel.1.weight")).isEqualTo(3);
    assertThat((int) gauge(job, "route.0.channel.1.backlog")).isNotNegative();
  }

  @Test
  void tellOutputsApartWhereTheStreamHasSeveralReaders() throws Exception {
    JobID job = run(2);

    assertThat(gauge(job, "route.0.output.0.channel.1.records")).isEqualTo(3_000L);
    assertThat(gauge(job, "route.0.output.1.channel.1.records")).isEqualTo(3_000L);
  }

  private static JobID run(int readers) throws Exception {
    var running = cluster.run(env -> define(env, readers), 1, new Configuration());
    assertThat(running.awaitEnd()).isEmpty();
    return running.id();
  }

  private static void define(StreamExecutionEnvironment env, int readers) {
    RoutingTable table = RoutingTable.weighted(Strategy.WEIGHTED_ROUND_ROBIN, 1, 3);
    DataStream<Long> routed =
        Routing.route(env.fromSequence(1, RECORDS), RoutingSettings.fixed(env, table, "route"));
    for (int reader = 0; reader < readers; reader++) {
      routed.sinkTo(new DiscardingSink<>()).setParallelism(2);
    }
  }

  private static Object gauge(JobID job, String name) {
    Map<String, Metric> found = metrics.findMetrics(job, name);
    assertThat(found).as(name).hasSize(1);
    return ((Gauge<?>) List.copyOf(found.values()).get(0)).getValue();
  }
}
