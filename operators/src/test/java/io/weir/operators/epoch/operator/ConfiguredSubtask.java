package io.weir.operators.epoch.operator;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.coordination.OperatorEventDispatcher;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * A subtask of a configured operator, made by the factory that stands in a job's graph, beside a
 * {@link FakeCoordinator}.
 *
 * @param <OUT> its rows
 */
public final class ConfiguredSubtask<OUT> implements AutoCloseable {

  private static final SerializerConfig SERIALIZERS = new ExecutionConfig().getSerializerConfig();

  private final AbstractStreamOperatorTestHarness<OUT> harness;

  private ConfiguredSubtask(AbstractStreamOperatorTestHarness<OUT> harness) {
    this.harness = harness;
  }

  /** The first subtask of an operator that a graph has; it is not open yet. */
  public static <OUT> ConfiguredSubtask<OUT> of(
      Transformation<OUT> operator, FakeCoordinator coordinator) throws Exception {
    return of(operator, coordinator, 1, 0);
  }

  static <OUT> ConfiguredSubtask<OUT> of(
      Transformation<OUT> operator, FakeCoordinator coordinator, int parallelism, int subtask)
      throws Exception {
    var harness =
        new AbstractStreamOperatorTestHarness<>(
            new Wired<>(factory(operator), coordinator),
            new CoordinatedEnvironment(coordinator, parallelism, subtask));
    setKeys(operator, harness.getStreamConfig());
    harness.setup(operator.getOutputType().createSerializer(SERIALIZERS));
    return new ConfiguredSubtask<>(harness);
  }

  // Of a transformation's type the graph knows only the rows.
  @SuppressWarnings("unchecked")
  private static <OUT> StreamOperatorFactory<OUT> factory(Transformation<OUT> operator) {
    return operator instanceof TwoInputTransformation<?, ?, ?> two
        ? (StreamOperatorFactory<OUT>) two.getOperatorFactory()
        : ((OneInputTransformation<?, OUT>) operator).getOperatorFactory();
  }

  private static void setKeys(Transformation<?> operator, StreamConfig config) {
    if (operator instanceof OneInputTransformation<?, ?> one && one.getStateKeyType() != null) {
      config.setStatePartitioner(0, one.getStateKeySelector());
      config.setStateKeySerializer(one.getStateKeyType().createSerializer(SERIALIZERS));
    }
    if (operator instanceof TwoInputTransformation<?, ?, ?> two && two.getStateKeyType() != null) {
      config.setStatePartitioner(0, two.getStateKeySelector1());
      config.setStatePartitioner(1, two.getStateKeySelector2());
      config.setStateKeySerializer(two.getStateKeyType().createSerializer(SERIALIZERS));
    }
    config.serializeAllConfigs();
  }

  public void open() throws Exception {
    harness.open();
  }

  /** Restores what a checkpoint holds of a subtask, and opens. */
  public void open(OperatorSubtaskState state) throws Exception {
    harness.initializeState(state);
    harness.open();
  }

  /** Hands a row to every input. */
  // The test knows what its operator takes.
  @SuppressWarnings("unchecked")
  public <IN> void feed(IN row, long timestamp) throws Exception {
    StreamRecord<IN> element = new StreamRecord<>(row, timestamp);
    if (operator() instanceof OneInputStreamOperator<?, ?>) {
      var one = (OneInputStreamOperator<IN, OUT>) operator();
      one.setKeyContextElement(element);
      one.processElement(element);
    } else {
      var two = (TwoInputStreamOperator<IN, IN, OUT>) operator();
      two.setKeyContextElement1(element);
      two.processElement1(element);
      two.setKeyContextElement2(element);
      two.processElement2(element);
    }
  }

  public void watermark(long time) throws Exception {
    ((OneInputStreamOperator<?, ?>) operator()).processWatermark(new Watermark(time));
  }

  private StreamOperator<OUT> operator() {
    return harness.getOperator();
  }

  /** Has a checkpoint's barrier come, up to where it is sent on. */
  public void barrier(long checkpoint) throws Exception {
    harness.prepareSnapshotPreBarrier(checkpoint);
  }

  public OperatorSubtaskState snapshot(long checkpoint) throws Exception {
    return harness.snapshot(checkpoint, checkpoint);
  }

  /** Ends all inputs, as Flink does before the last checkpoint of a task that finishes. */
  public void finish() throws Exception {
    if (operator() instanceof BoundedOneInput bounded) {
      bounded.endInput();
    } else if (operator() instanceof BoundedMultiInput bounded) {
      bounded.endInput(1);
      bounded.endInput(2);
    }
    operator().finish();
  }

  /** The rows that came out since it was last asked. */
  public List<OUT> rows() {
    List<OUT> rows = new ArrayList<>(harness.extractOutputValues());
    harness.getOutput().clear();
    return rows;
  }

  @Override
  public void close() {
    try {
      harness.close();
    } catch (Exception e) {
      throw new IllegalStateException("a subtask does not close", e);
    }
  }

  /** A factory of the graph, whose operator hears another coordinator than Flink's. */
  private record Wired<OUT>(StreamOperatorFactory<OUT> graph, OperatorEventDispatcher events)
      implements StreamOperatorFactory<OUT> {

    // Flink's signature.
    @SuppressWarnings("TypeParameterUnusedInFormals")
    @Override
    public <T extends StreamOperator<OUT>> T createStreamOperator(
        StreamOperatorParameters<OUT> parameters) {
      return graph.createStreamOperator(
          new StreamOperatorParameters<>(
              parameters.getContainingTask(),
              parameters.getStreamConfig(),
              parameters.getOutput(),
              parameters::getProcessingTimeService,
              events,
              parameters.getMailboxExecutor()));
    }

    @Override
    public void setChainingStrategy(@Nullable ChainingStrategy strategy) {
      graph.setChainingStrategy(strategy);
    }

    @Override
    public ChainingStrategy getChainingStrategy() {
      return graph.getChainingStrategy();
    }

    // Flink's signature.
    @SuppressWarnings("rawtypes")
    @Override
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
      return graph.getStreamOperatorClass(loader);
    }
  }
}
