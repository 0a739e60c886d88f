package io.weir.operators.epoch.operator;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.coordination.EpochCoordinatorProvider;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes an operator that follows a store, with a coordinator of its own in the JobManager. */
final class ConfiguredOperatorFactory<A, B, OUT> extends SimpleOperatorFactory<OUT>
    implements CoordinatedOperatorFactory<OUT>, BothInputs<A, B, OUT> {

  private static final long serialVersionUID = 1;

  private final EpochSettings settings;
  private final ConfigurationType<?> type;

  ConfiguredOperatorFactory(
      StreamOperator<OUT> operator, EpochSettings settings, ConfigurationType<?> type) {
    super(operator);
    this.settings = settings;
    this.type = type;
  }

  // Flink's signature.
  @SuppressWarnings("TypeParameterUnusedInFormals")
  @Override
  public <T extends StreamOperator<OUT>> T createStreamOperator(
      StreamOperatorParameters<OUT> parameters) {
    T operator = super.createStreamOperator(parameters);
    ((EpochOperator) operator).join(new CoordinatedSwitch(parameters));
    return operator;
  }

  @Override
  public OperatorCoordinator.Provider getCoordinatorProvider(String name, OperatorID operator) {
    return new EpochCoordinatorProvider(operator, settings, type);
  }
}
