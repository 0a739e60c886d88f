package io.weir.benchmarks.switching;

import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.operator.Epochs;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Two configured operators with a shuffle between them. */
final class ConfiguredJob {

  private ConfiguredJob() {}

  static void define(StreamExecutionEnvironment env, EpochSettings settings, Pause pause) {
    Epochs epochs = Epochs.of(env, settings);
    DataStream<Long> first =
        epochs
            .transform(Numbers.into(env), "first", Types.LONG, new Stage(Counting.first()))
            .uid("first");
    epochs
        .transform(first.rebalance(), "second", Types.LONG, new Stage(Counting.second(pause)))
        .uid("second")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
  }
}
