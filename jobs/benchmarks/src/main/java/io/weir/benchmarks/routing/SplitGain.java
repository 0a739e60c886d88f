package io.weir.benchmarks.routing;

import io.weir.benchmarks.frame.Median;
import io.weir.jobs.local.LocalCluster;
import io.weir.operators.routing.split.KeySplitting;
import io.weir.operators.routing.split.SplitAggregate;
import io.weir.operators.routing.split.SplitSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * Count and sum by Zipf keys (exponent 1.5), at eight receivers that wait for each row's service
 * time: the time for the same rows with whole keys, over that with split ones. The results of both
 * must be the same.
 */
final class SplitGain {

  private static final int RECEIVERS = 8;
  private static final long ROWS = 60_000;
  private static final long WINDOW = 10_000;
  private static final double RATE = 1_000;
  private static final Zipf KEYS = new Zipf(10_000, 1.5);

  /** A hash of all results, whatever their order, and how many there were. */
  private static final AtomicLong RESULTS = new AtomicLong();

  private static final AtomicLong ROWS_IN_RESULTS = new AtomicLong();

  private final LocalCluster cluster;
  private final List<Double> gains = new ArrayList<>();

  SplitGain(LocalCluster cluster) {
    this.cluster = cluster;
  }

  /** Takes both, one after the other. */
  void round(int number) throws Exception {
    double whole = seconds(false);
    long expected = RESULTS.get();
    double split = seconds(true);
    if (RESULTS.get() != expected) {
      throw new IllegalStateException("split keys have other results than whole ones");
    }
    gains.add(whole / split);
    System.out.printf(
        Locale.ROOT,
        "split    %5d  whole %6.1f s  split %6.1f s  %6.3f%n",
        number,
        whole,
        split,
        whole / split);
  }

  /** How many times as fast split keys are; {@code null} where that was not measured. */
  String json() {
    return gains.isEmpty() ? "null" : Json.number(Median.of(gains, Double::doubleValue));
  }

  private double seconds(boolean split) throws Exception {
    RESULTS.set(0);
    ROWS_IN_RESULTS.set(0);
    long none = Board.served(1)[0];
    JobClient job = cluster.submit("split", env -> define(env, split));
    while (Board.served(1)[0] == none) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    long start = System.nanoTime();
    job.getJobExecutionResult().get();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (ROWS_IN_RESULTS.get() != ROWS) {
      throw new IllegalStateException(ROWS_IN_RESULTS + " rows in results instead of " + ROWS);
    }
    return seconds;
  }

  private static void define(StreamExecutionEnvironment env, boolean split) {
    env.setParallelism(RECEIVERS);
    DataStream<Long> rows =
        env.fromSource(
                new NumberSequenceSource(0, ROWS - 1),
                WatermarkStrategy.<Long>forMonotonousTimestamps()
                    .withTimestampAssigner((number, before) -> number),
                "numbers")
            .setParallelism(1);
    KeySplitting.aggregate(
            rows,
            new SplitAggregate<>(
                KEYS::key,
                Types.INT,
                new CountAndSum(),
                Types.TUPLE(Types.LONG, Types.LONG),
                Types.TUPLE(Types.LONG, Types.LONG),
                WINDOW),
            SplitSettings.fixed(env, split, "totals"))
        .results()
        .process(new Remember())
        .returns(Types.LONG)
        .sinkTo(new DiscardingSink<>());
  }

  /** A row waits for its service time where it is aggregated first. */
  private static final class CountAndSum
      implements AggregateFunction<Long, Tuple2<Long, Long>, Tuple2<Long, Long>> {
    private static final long serialVersionUID = 1;
    private static final ThreadLocal<Pause> PAUSE = ThreadLocal.withInitial(Pause::new);

    @Override
    public Tuple2<Long, Long> createAccumulator() {
      return Tuple2.of(0L, 0L);
    }

    @Override
    public Tuple2<Long, Long> add(Long row, Tuple2<Long, Long> totals) {
      PAUSE.get().await(RATE);
      Board.served(0, 1);
      return Tuple2.of(totals.f0 + 1, totals.f1 + row);
    }

    @Override
    public Tuple2<Long, Long> getResult(Tuple2<Long, Long> totals) {
      return totals;
    }

    @Override
    public Tuple2<Long, Long> merge(Tuple2<Long, Long> one, Tuple2<Long, Long> other) {
      return Tuple2.of(one.f0 + other.f0, one.f1 + other.f1);
    }
  }

  /** Sums up results so that two runs can be compared. */
  private static final class Remember
      extends ProcessFunction<Tuple3<Integer, Long, Tuple2<Long, Long>>, Long> {
    private static final long serialVersionUID = 1;

    @Override
    public void processElement(
        Tuple3<Integer, Long, Tuple2<Long, Long>> row,
        ProcessFunction<Tuple3<Integer, Long, Tuple2<Long, Long>>, Long>.Context context,
        Collector<Long> out) {
      RESULTS.addAndGet(new SplittableRandom(row.toString().hashCode()).nextLong());
      ROWS_IN_RESULTS.addAndGet(row.f2.f0);
    }
  }
}
