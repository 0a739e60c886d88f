package io.weir.operators.intake;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;

/** Makes a {@link GateOperator} in each subtask. */
final class GateOperatorFactory<T> extends AbstractStreamOperatorFactory<T>
    implements OneInputStreamOperatorFactory<RawRecord, T> {

  private static final long serialVersionUID = 1;

  private final Decoder<T> decoder;
  private final TimeLimits limits;
  private final OutputTag<DeadLetter> deadLetters;

  GateOperatorFactory(Decoder<T> decoder, TimeLimits limits, OutputTag<DeadLetter> deadLetters) {
    this.decoder = decoder;
    this.limits = limits;
    this.deadLetters = deadLetters;
    setChainingStrategy(ChainingStrategy.ALWAYS);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // As Flink declares it.
  public <O extends StreamOperator<T>> O createStreamOperator(
      StreamOperatorParameters<T> parameters) {
    return (O) new GateOperator<>(parameters, decoder, limits, deadLetters);
  }

  @Override
  @SuppressWarnings("rawtypes") // As Flink declares it.
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return GateOperator.class;
  }
}
