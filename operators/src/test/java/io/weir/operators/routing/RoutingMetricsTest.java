package io.weir.operators.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.weir.operators.epoch.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  @ParameterizedTest
  @EnumSource
  void countTheRecordsOfAllSenders(Senders senders) throws Exception {
    JobID job =
        run(
            env ->
                Routing.route(senders.define(env), settings(env))
                    .sinkTo(new DiscardingSink<>())
                    .setParallelism(2));

    assertThat(gauge(job, "route.0.channel.0.records")).isEqualTo(1_000L);
    assertThat(gauge(job, "route.0.channel.1.records")).isEqualTo(3_000L);
  }

  /** Flink's count of records out, of the operator and of its task, when all is done. */
  @ParameterizedTest
  @EnumSource(names = {"A_SOURCE", "A_UNION"})
  void countEachRecordOutOnceThoughManyAtATime(Senders senders) throws Exception {
    JobID job =
        run(
            env -> {
              env.getConfig().enableObjectReuse();
              Routing.route(senders.define(env), settings(env)).sinkTo(new DiscardingSink<>());
            });

    assertThat(recordsOutOfOperator(job)).isEqualTo(RECORDS);
    assertThat(recordsOutOfTask(job)).isEqualTo(RECORDS);
  }

  @Test
  void countTheLastRecordsOutBeforeABarrier() throws Exception {
    var running = cluster.run(RoutingMetricsTest::aHundredRecords, 1, oneCheckpoint());
    running.awaitRunning();
    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> gauge(running.id(), "route.0.channel.1.records").equals(75L));
    await().atMost(TestCluster.PATIENCE).until(() -> recordsOutOfOperator(running.id()) == 64);

    running.checkpoint();

    assertThat(recordsOutOfOperator(running.id())).isEqualTo(100);
    assertThat(recordsOutOfTask(running.id())).isEqualTo(100);
    running.cancel();
  }

  /** And never ends. */
  private static void aHundredRecords(StreamExecutionEnvironment env) {
    env.getConfig().enableObjectReuse();
    DataStream<Long> numbers =
        env.fromSequence(1, Long.MAX_VALUE - 1).filter(number -> number <= 100);
    Routing.route(numbers, settings(env)).sinkTo(new DiscardingSink<>()).setParallelism(2);
  }

  private static Configuration oneCheckpoint() {
    return new Configuration()
        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofHours(1));
  }

  private static long recordsOutOfOperator(JobID job) {
    return metrics
        .findOperatorMetricGroups(job, "route")
        .get(0)
        .getIOMetricGroup()
        .getNumRecordsOutCounter()
        .getCount();
  }

  private static long recordsOutOfTask(JobID job) {
    return metrics
        .findTaskMetricGroups(job, "route")
        .get(0)
        .getIOMetricGroup()
        .getNumRecordsOutCounter()
        .getCount();
  }

  /** Where a routed stream may come from. */
  private enum Senders {
    A_SOURCE {
      @Override
      DataStream<Long> define(StreamExecutionEnvironment env) {
        return env.fromSequence(1, RECORDS);
      }
    },
    WITHOUT_CHAINS {
      @Override
      DataStream<Long> define(StreamExecutionEnvironment env) {
        return A_SOURCE.define(env.disableOperatorChaining());
      }
    },
    A_UNION {
      @Override
      DataStream<Long> define(StreamExecutionEnvironment env) {
        return env.fromSequence(1, RECORDS / 4).union(env.fromSequence(1, RECORDS / 4 * 3));
      }
    },
    /** Of several partitions of a stream the last counts. */
    A_PARTITION {
      @Override
      DataStream<Long> define(StreamExecutionEnvironment env) {
        return A_SOURCE.define(env).shuffle();
      }
    },
    A_SIDE_OUTPUT {
      @Override
      DataStream<Long> define(StreamExecutionEnvironment env) {
        OutputTag<Long> side = new OutputTag<>("side", Types.LONG);
        return A_SOURCE.define(env).process(new Aside(side)).getSideOutput(side);
      }
    };

    abstract DataStream<Long> define(StreamExecutionEnvironment env);
  }

  /** Sends everything to a side output. */
  private static final class Aside extends ProcessFunction<Long, Long> {
    private static final long serialVersionUID = 1;
    private final OutputTag<Long> side;

    private Aside(OutputTag<Long> side) {
      this.side = side;
    }

    @Override
    public void processElement(
        Long number, ProcessFunction<Long, Long>.Context context, Collector<Long> out) {
      context.output(side, number);
    }
  }

  private static JobID run(int readers) throws Exception {
    return run(env -> define(env, readers));
  }

  private static JobID run(Consumer<StreamExecutionEnvironment> job) throws Exception {
    var running = cluster.run(job, 1, new Configuration());
    assertThat(running.awaitEnd()).isEmpty();
    return running.id();
  }

  private static void define(StreamExecutionEnvironment env, int readers) {
    DataStream<Long> routed = Routing.route(env.fromSequence(1, RECORDS), settings(env));
    for (int reader = 0; reader < readers; reader++) {
      routed.sinkTo(new DiscardingSink<>()).setParallelism(2);
    }
  }

  private static RoutingSettings settings(StreamExecutionEnvironment env) {
    return RoutingSettings.fixed(
        env, RoutingTable.weighted(Strategy.WEIGHTED_ROUND_ROBIN, 1, 3), "route");
  }

  private static Object gauge(JobID job, String name) {
    Map<String, Metric> found = metrics.findMetrics(job, name);
    assertThat(found).as(name).hasSize(1);
    return ((Gauge<?>) List.copyOf(found.values()).get(0)).getValue();
  }
}
