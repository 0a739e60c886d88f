package io.weir.operators.epoch.operator;

import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes an operator whose configuration never changes. */
final class FixedOperatorFactory<A, B, OUT> extends SimpleOperatorFactory<OUT>
    implements BothInputs<A, B, OUT> {

  private static final long serialVersionUID = 1;

  private final String document;

  FixedOperatorFactory(StreamOperator<OUT> operator, String document) {
    super(operator);
    this.document = document;
  }

  // Flink's signature.
  @SuppressWarnings("TypeParameterUnusedInFormals")
  @Override
  public <T extends StreamOperator<OUT>> T createStreamOperator(
      StreamOperatorParameters<OUT> parameters) {
    T operator = super.createStreamOperator(parameters);
    ((EpochOperator) operator).join(EpochSwitch.fixed(document));
    return operator;
  }
}
