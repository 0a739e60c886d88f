package io.weir.benchmarks.profiles;

import io.weir.jobs.local.LocalCluster;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The job under a profile: at full speed, then at a steady rate. */
record Trial(Side side) {

  private static final int PARALLELISM = 2;
  private static final int STEADY_RATE = 2_000;
  private static final long WARM_UP_SECONDS = 8;
  private static final long MEASURED_SECONDS = 15;

  /** The longest time between checkpoints of any profile, twice. */
  private static final long STEADY_SECONDS = 60;

  /**
   * What came out.
   *
   * @param recordsPerSecond at full speed
   * @param arrival milliseconds until the last operator has a record: p50, p99
   * @param shown milliseconds until the checkpoint that a record belongs to is complete: p50, p99
   */
  record Outcome(double recordsPerSecond, Quantiles arrival, Quantiles shown) {}

  record Quantiles(double p50, double p99) {

    static Quantiles of(Times times) {
      return new Quantiles(times.quantile(0.5), times.quantile(0.99));
    }
  }

  Outcome run() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(side.configuration())) {
      double speed = fullSpeed(cluster);
      JobClient job = start(cluster, STEADY_RATE / PARALLELISM);
      TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
      Board.restart();
      TimeUnit.SECONDS.sleep(STEADY_SECONDS);
      Outcome outcome =
          new Outcome(speed, Quantiles.of(Board.arrivals()), Quantiles.of(Board.shown()));
      job.cancel().get();
      return outcome;
    }
  }

  private static double fullSpeed(LocalCluster cluster) throws Exception {
    JobClient job = start(cluster, 0);
    TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
    long start = System.nanoTime();
    long before = Board.records();
    TimeUnit.SECONDS.sleep(MEASURED_SECONDS);
    double rate = (Board.records() - before) * 1e9 / (System.nanoTime() - start);
    job.cancel().get();
    return rate;
  }

  private static JobClient start(LocalCluster cluster, int rate) throws Exception {
    return cluster.submit("profiles", env -> define(env, rate));
  }

  private static void define(StreamExecutionEnvironment env, int rate) {
    env.setParallelism(PARALLELISM);
    env.fromSource(
            new NumberSequenceSource(0, Long.MAX_VALUE - 1),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .map(new Paced(rate))
        .uid("paced")
        .returns(Types.TUPLE(Types.LONG, Types.LONG))
        .keyBy(record -> record.f0, Types.LONG)
        .process(new Sums())
        .uid("sums")
        .returns(Types.TUPLE(Types.LONG, Types.LONG))
        .rebalance()
        .transform("arrivals", Types.LONG, new Arrivals(rate > 0))
        .uid("arrivals")
        .sinkTo(new DiscardingSink<>())
        .uid("end");
  }
}
