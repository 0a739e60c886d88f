package io.weir.operators.epoch.faults;

import io.weir.operators.epoch.CommittedRows;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.Stamped;
import io.weir.operators.epoch.operator.Epochs;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Open-ended numbers through two configured stages with a shuffle between them, committed. */
record NumbersJob(
    EpochSettings settings, OpenNumbers numbers, Injected faults, CommittedRows rows, Shape shape) {

  private static final TypeInformation<Stamped> TYPE = TypeInformation.of(Stamped.class);
  private static final long KEYS = 64;
  // Below all open-ended numbers.
  private static final long SHORT_FROM = -5_000;

  enum Shape {
    ONE_PIPELINE,
    /** Twice, without an edge between them, so that one may fail without the other. */
    TWO_PIPELINES,
    /** With two more operators in the chain of the source, of which one holds rows. */
    CHAIN_THAT_HOLDS,
    /** With another source, of one subtask, that ends soon. */
    WITH_A_SHORT_SOURCE
  }

  void define(StreamExecutionEnvironment env) {
    Epochs epochs = Epochs.of(env, settings);
    DataStream<Stamped> first = first(env, epochs, numbers, "");
    if (shape == Shape.CHAIN_THAT_HOLDS) {
      first = check(epochs, hold(epochs, first));
    }
    if (shape == Shape.WITH_A_SHORT_SOURCE) {
      first = first.union(shortSource(env, epochs));
    }
    second(epochs, first, "");
    if (shape == Shape.TWO_PIPELINES) {
      second(epochs, first(env, epochs, numbers.more(), "-2"), "-2");
    }
  }

  private static DataStream<Stamped> hold(Epochs epochs, DataStream<Stamped> rows) {
    return epochs.transform(rows, "hold", TYPE, new HoldingOperator()).uid("hold");
  }

  private static DataStream<Stamped> check(Epochs epochs, DataStream<Stamped> rows) {
    return epochs.process(rows, "check", TYPE, new Stages.Check()).uid("check");
  }

  private DataStream<Stamped> shortSource(StreamExecutionEnvironment env, Epochs epochs) {
    NumberSequenceSource source = new NumberSequenceSource(SHORT_FROM, -1);
    return first(env, epochs, source, "-short").setParallelism(1);
  }

  private SingleOutputStreamOperator<Stamped> first(
      StreamExecutionEnvironment env, Epochs epochs, Source<Long, ?, ?> source, String suffix) {
    String name = "numbers" + suffix;
    var read = env.fromSource(source, WatermarkStrategy.noWatermarks(), name).uid(name);
    if (suffix.equals("-short")) {
      read.setParallelism(1);
    }
    String stage = Stages.FIRST + suffix;
    return epochs.process(read, stage, TYPE, new Stages.First(stage, faults)).uid(stage);
  }

  private void second(Epochs epochs, DataStream<Stamped> first, String suffix) {
    String stage = Stages.SECOND + suffix;
    epochs
        .process(
            first.keyBy(row -> Math.floorMod(row.id(), KEYS), Types.LONG),
            stage,
            TYPE,
            new Stages.Second(stage, faults))
        .uid(stage)
        .sinkTo(rows)
        .uid("rows" + suffix);
  }

  /** All numbers that go in, when the end is decided. */
  LongStream all() {
    return switch (shape) {
      case ONE_PIPELINE, CHAIN_THAT_HOLDS -> numbers.all();
      case TWO_PIPELINES -> LongStream.concat(numbers.all(), numbers.more().all());
      case WITH_A_SHORT_SOURCE -> LongStream.concat(LongStream.range(SHORT_FROM, 0), numbers.all());
    };
  }
}
