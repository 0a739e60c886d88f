package io.weir.operators.routing.split;

import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.routing.Zipf;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Numbers, whose time is the number, counted and summed up by Zipf keys and windows. */
record SplitJob(EpochSettings settings, long numbers, int failures, Windows windows) {

  static final AtomicInteger FAILURES_LEFT = new AtomicInteger();

  private static final Zipf KEYS = new Zipf(5_000, 1.5);
  private static final long WINDOW = 20_000;
  private static final int SENDERS = 2;

  /** What there should be, by plain sums. */
  static Map<Windows.Window, Totals> expected(long numbers) {
    Map<Windows.Window, Totals> expected = new HashMap<>();
    for (long number = 0; number < numbers; number++) {
      Windows.Window window =
          new Windows.Window(KEYS.key(number), Math.floorDiv(number, WINDOW) * WINDOW);
      expected.merge(window, new Totals(1, number), Totals::plus);
    }
    return expected;
  }

  void define(StreamExecutionEnvironment env) {
    FAILURES_LEFT.set(failures);
    env.getConfig().setAutoWatermarkInterval(20);
    DataStream<Long> rows =
        env.fromSource(
                new NumberSequenceSource(0, numbers - 1),
                WatermarkStrategy.<Long>forMonotonousTimestamps()
                    .withTimestampAssigner((number, before) -> number),
                "numbers")
            .setParallelism(1)
            .uid("numbers")
            .rebalance()
            .map(new Pace(numbers))
            .setParallelism(SENDERS)
            .uid("pace");
    KeySplitting.Aggregated<Integer, Totals, Totals> aggregated =
        KeySplitting.aggregate(
            rows,
            new SplitAggregate<>(
                KEYS::key,
                Types.INT,
                new Totals.Function(),
                TypeInformation.of(Totals.class),
                TypeInformation.of(Totals.class),
                WINDOW),
            new SplitSettings(Epochs.of(env, settings), SplitType.INSTANCE, "totals", 1_000));
    take(aggregated.results(), false);
    take(aggregated.late(), true);
  }

  private void take(DataStream<Tuple3<Integer, Long, Totals>> rows, boolean late) {
    rows.process(new Windows.Take(windows, late), Types.LONG)
        .uid("take-" + late)
        .sinkTo(new DiscardingSink<>())
        .uid("discard-" + late);
  }

  /** Makes a job last a while, and fail in its middle, when there is a checkpoint to go back to. */
  static final class Pace implements MapFunction<Long, Long>, CheckpointListener {
    private static final long serialVersionUID = 1;
    private static final int BURST = 64;
    private static final long PAUSE_MILLIS = Duration.ofMillis(1).toMillis();

    private final long numbers;
    private transient boolean armed;

    Pace(long numbers) {
      this.numbers = numbers;
    }

    @Override
    public Long map(Long number) throws InterruptedException {
      if (number % BURST < SENDERS) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
      if (armed && number > numbers / 3 && FAILURES_LEFT.getAndDecrement() > 0) {
        throw new IllegalStateException("injected by the test");
      }
      return number;
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
      armed = true;
    }
  }
}
