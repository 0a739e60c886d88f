package io.weir.operators.epoch.operator;

import io.weir.operators.epoch.EpochSettings;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The kinds of operators that {@link Epochs} makes of functions. */
enum OperatorKind {
  PLAIN {
    @Override
    SingleOutputStreamOperator<String> add(Epochs epochs, DataStream<String> in) {
      return epochs.process(in, "plain", Types.STRING, new Labels.Plain());
    }
  },
  KEYED {
    @Override
    SingleOutputStreamOperator<String> add(Epochs epochs, DataStream<String> in) {
      return epochs.process(in.keyBy(row -> row), "keyed", Types.STRING, new Labels.Keyed());
    }
  },
  CO {
    @Override
    SingleOutputStreamOperator<String> add(Epochs epochs, DataStream<String> in) {
      return epochs.process(in.connect(in), "co", Types.STRING, new Labels.Co());
    }
  },
  KEYED_CO {
    @Override
    SingleOutputStreamOperator<String> add(Epochs epochs, DataStream<String> in) {
      return epochs.process(
          in.keyBy(row -> row).connect(in.keyBy(row -> row)),
          "keyed co",
          Types.STRING,
          new Labels.KeyedCo());
    }
  };

  private static final EpochSettings FOLLOWING =
      EpochSettings.following(
          "job",
          () -> {
            throw new IllegalStateException("a subtask opens no store");
          });

  abstract SingleOutputStreamOperator<String> add(Epochs epochs, DataStream<String> in);

  /** The operator in a job that follows a store. */
  Transformation<String> following() {
    return addTo(FOLLOWING);
  }

  Transformation<String> addTo(EpochSettings settings) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            Configuration.fromMap(Map.of("execution.checkpointing.interval", "10s")));
    return add(Epochs.of(env, settings), env.fromData("row")).getTransformation();
  }
}
