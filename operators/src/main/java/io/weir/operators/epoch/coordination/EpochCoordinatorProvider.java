package io.weir.operators.epoch.coordination;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.metrics.EpochMetrics;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;

/**
 * Makes the coordinator of one configured operator; those of a job share their decisions.
 *
 * @param type what the operator makes of documents
 */
public record EpochCoordinatorProvider(
    OperatorID operator, EpochSettings settings, ConfigurationType<?> type)
    implements OperatorCoordinator.Provider {

  // One for all configured operators of a job, which stand in one store of the JobManager's.
  private static final String KEY = JobEpochs.class.getName();

  @Override
  public OperatorID getOperatorId() {
    return operator;
  }

  @Override
  public OperatorCoordinator create(OperatorCoordinator.Context context) {
    JobEpochs epochs =
        (JobEpochs)
            context
                .getCoordinatorStore()
                .compute(KEY, (key, known) -> known != null ? known : jobEpochs(context));
    return new EpochCoordinator(context, epochs, type);
  }

  private JobEpochs jobEpochs(OperatorCoordinator.Context context) {
    return new JobEpochs(settings, EpochMetrics.of(context.metricGroup()));
  }
}
