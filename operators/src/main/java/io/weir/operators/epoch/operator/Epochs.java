package io.weir.operators.epoch.operator;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.EpochSettings;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.ConnectedStreams;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;

/**
 * Puts functions and operators into a job that work by its live configuration: all of them are
 * under the same version between two barriers. One for each job. Give every operator a uid.
 */
public final class Epochs {

  private final EpochSettings settings;

  private Epochs(EpochSettings settings) {
    this.settings = settings;
  }

  /**
   * The configuration of a job.
   *
   * @throws IllegalArgumentException if the job would run in a mode that cannot keep an epoch under
   *     one version; it names the option and what to set
   */
  public static Epochs of(StreamExecutionEnvironment env, EpochSettings settings) {
    if (settings.store() != null) {
      EpochModes.check(env);
    }
    return new Epochs(settings);
  }

  /** Adds a configured function, which is a {@link Configured} as well. */
  public <IN, OUT> SingleOutputStreamOperator<OUT> process(
      DataStream<IN> in,
      String name,
      TypeInformation<OUT> type,
      ProcessFunction<IN, OUT> function) {
    return in.transform(
        name, type, one(new ConfiguredProcessOperator<>(clean(in, function)), typeOf(function)));
  }

  /** Adds a configured keyed function, which is a {@link Configured} as well. */
  public <K, IN, OUT> SingleOutputStreamOperator<OUT> process(
      KeyedStream<IN, K> in,
      String name,
      TypeInformation<OUT> type,
      KeyedProcessFunction<K, IN, OUT> function) {
    return in.transform(
        name,
        type,
        one(new ConfiguredKeyedProcessOperator<K, IN, OUT>(clean(in, function)), typeOf(function)));
  }

  /** Adds a configured function of two inputs, which is a {@link Configured} as well. */
  public <A, B, OUT> SingleOutputStreamOperator<OUT> process(
      ConnectedStreams<A, B> in,
      String name,
      TypeInformation<OUT> type,
      CoProcessFunction<A, B, OUT> function) {
    return in.transform(
        name,
        type,
        this.<A, B, OUT>factory(
            new ConfiguredCoProcessOperator<>(clean(in.getFirstInput(), function)),
            typeOf(function)));
  }

  /** Adds a configured function of two keyed inputs, which is a {@link Configured} as well. */
  public <K, A, B, OUT> SingleOutputStreamOperator<OUT> process(
      ConnectedStreams<A, B> in,
      String name,
      TypeInformation<OUT> type,
      KeyedCoProcessFunction<K, A, B, OUT> function) {
    return in.transform(
        name,
        type,
        this.<A, B, OUT>factory(
            new ConfiguredKeyedCoProcessOperator<K, A, B, OUT>(clean(in.getFirstInput(), function)),
            typeOf(function)));
  }

  /** Adds a configured operator: a {@link Configured} and {@link EpochOperator} as well. */
  public <IN, OUT, P extends OneInputStreamOperator<IN, OUT> & EpochOperator & Configured<?>>
      SingleOutputStreamOperator<OUT> transform(
          DataStream<IN> in, String name, TypeInformation<OUT> type, P operator) {
    return in.transform(name, type, one(operator, operator.configurationType()));
  }

  /** Adds a configured operator of two inputs: a {@link Configured} and {@link EpochOperator}. */
  public <A, B, OUT, P extends TwoInputStreamOperator<A, B, OUT> & EpochOperator & Configured<?>>
      SingleOutputStreamOperator<OUT> transform(
          ConnectedStreams<A, B> in, String name, TypeInformation<OUT> type, P operator) {
    return in.transform(
        name, type, this.<A, B, OUT>factory(operator, operator.configurationType()));
  }

  private <IN, OUT> OneInputStreamOperatorFactory<IN, OUT> one(
      StreamOperator<OUT> operator, ConfigurationType<?> type) {
    return this.<IN, IN, OUT>factory(operator, type);
  }

  private <A, B, OUT> BothInputs<A, B, OUT> factory(
      StreamOperator<OUT> operator, ConfigurationType<?> type) {
    if (settings.store() == null) {
      return new FixedOperatorFactory<>(
          operator, Objects.requireNonNull(settings.initialDocument()));
    }
    return new ConfiguredOperatorFactory<>(operator, settings, type);
  }

  private static <F> F clean(DataStream<?> stream, F function) {
    return stream.getExecutionEnvironment().clean(function);
  }

  private static ConfigurationType<?> typeOf(Object function) {
    if (function instanceof Configured<?> configured) {
      return configured.configurationType();
    }
    throw new IllegalArgumentException(
        function.getClass().getName() + " must implement " + Configured.class.getName());
  }
}
