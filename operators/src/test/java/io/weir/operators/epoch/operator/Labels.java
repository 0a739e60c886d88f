package io.weir.operators.epoch.operator;

import static java.util.Objects.requireNonNull;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.Factor;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.epoch.VersionedConfiguration;
import java.io.Serializable;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Functions of every kind that put what they are under in front of each row. */
final class Labels {

  /** No subtask can use it, although it can be decoded. */
  static final long UNLUCKY = 13;

  private Labels() {}

  /** What a function is under. */
  static final class Label implements Serializable {
    private static final long serialVersionUID = 1;
    private transient @Nullable VersionedConfiguration<Factor> present;

    /** For instance {@code v2*20 row}. */
    String of(String row) {
      VersionedConfiguration<Factor> under = requireNonNull(present, "a row before any version");
      return "v%d*%d %s".formatted(under.version(), under.value().factor(), row);
    }
  }

  private interface Labelling extends Configured<Factor> {

    Label label();

    @Override
    default ConfigurationType<Factor> configurationType() {
      return Factor.Type.INSTANCE;
    }

    @Override
    default void check(Factor configuration) throws InvalidConfigurationException {
      if (configuration.factor() == UNLUCKY) {
        throw new InvalidConfigurationException("no subtask can use " + UNLUCKY);
      }
    }

    @Override
    default void configure(VersionedConfiguration<Factor> configuration) {
      label().present = configuration;
    }
  }

  static final class Plain extends ProcessFunction<String, String> implements Labelling {
    private static final long serialVersionUID = 1;
    private final Label label = new Label();

    @Override
    public Label label() {
      return label;
    }

    @Override
    public void processElement(
        String row, ProcessFunction<String, String>.Context context, Collector<String> out) {
      out.collect(label.of(row));
    }
  }

  static final class Keyed extends KeyedProcessFunction<String, String, String>
      implements Labelling {
    private static final long serialVersionUID = 1;
    private final Label label = new Label();

    @Override
    public Label label() {
      return label;
    }

    @Override
    public void processElement(
        String row,
        KeyedProcessFunction<String, String, String>.Context context,
        Collector<String> out) {
      out.collect(label.of(row));
    }
  }

  static final class Co extends CoProcessFunction<String, String, String> implements Labelling {
    private static final long serialVersionUID = 1;
    private final Label label = new Label();

    @Override
    public Label label() {
      return label;
    }

    @Override
    public void processElement1(
        String row,
        CoProcessFunction<String, String, String>.Context context,
        Collector<String> out) {
      out.collect(label.of(row));
    }

    @Override
    public void processElement2(
        String row,
        CoProcessFunction<String, String, String>.Context context,
        Collector<String> out) {
      out.collect(label.of(row));
    }
  }

  static final class KeyedCo extends KeyedCoProcessFunction<String, String, String, String>
      implements Labelling {
    private static final long serialVersionUID = 1;
    private final Label label = new Label();

    @Override
    public Label label() {
      return label;
    }

    @Override
    public void processElement1(
        String row,
        KeyedCoProcessFunction<String, String, String, String>.Context context,
        Collector<String> out) {
      out.collect(label.of(row));
    }

    @Override
    public void processElement2(
        String row,
        KeyedCoProcessFunction<String, String, String, String>.Context context,
        Collector<String> out) {
      out.collect(label.of(row));
    }
  }
}
