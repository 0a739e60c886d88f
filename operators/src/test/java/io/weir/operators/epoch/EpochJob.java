package io.weir.operators.epoch;

import io.weir.operators.epoch.operator.Epochs;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Numbers, stamped by two configured operators with a shuffle between them, and committed. */
record EpochJob(EpochSettings settings, long numbers, Stamp.Pace pace, CommittedRows rows) {

  static Configuration options() {
    return TestCluster.options();
  }

  /** The same, where checkpoints are aborted that meet a subtask which is stuck. */
  static Configuration impatient() {
    return options()
        // Long beside what a checkpoint takes on a busy machine, short beside the time stuck.
        .set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(1))
        .set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
  }

  void define(StreamExecutionEnvironment env) {
    Epochs epochs = Epochs.of(env, settings);
    TypeInformation<Stamped> type = TypeInformation.of(Stamped.class);
    DataStream<Long> source =
        env.fromSource(
                new NumberSequenceSource(0, numbers - 1),
                WatermarkStrategy.noWatermarks(),
                "numbers")
            .uid("numbers");
    DataStream<Stamped> first =
        epochs.process(source, "first", type, new Stamp.First()).uid("first");
    epochs
        .process(
            first.keyBy(row -> row.id() % 64, Types.LONG), "second", type, new Stamp.Second(pace))
        .uid("second")
        .sinkTo(rows)
        .uid("rows");
  }
}
