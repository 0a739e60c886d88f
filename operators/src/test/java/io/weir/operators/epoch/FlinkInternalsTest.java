package io.weir.operators.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.FlinkInternals;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What the switching of versions touches of Flink that Flink does not promise to keep, in one
 * place. Fails when more is touched, and when what is touched is no longer there as it was.
 */
class FlinkInternalsTest {

  /** Flink's classes without a promise, below {@code org.apache.flink}. */
  private static final Set<String> TOUCHED =
      new TreeSet<>(
          Set.of(
              "api.common.typeutils.base.array.BytePrimitiveArraySerializer",
              "core.memory.DataOutputSerializer",
              "runtime.checkpoint.CheckpointCoordinator",
              "runtime.execution.Environment",
              "runtime.execution.SuppressRestartsException",
              "runtime.jobgraph.OperatorID",
              "runtime.jobgraph.tasks.TaskOperatorEventGateway",
              "runtime.operators.coordination.CoordinationRequest",
              "runtime.operators.coordination.CoordinationRequestHandler",
              "runtime.operators.coordination.CoordinationResponse",
              "runtime.operators.coordination.CoordinatorStore",
              "runtime.operators.coordination.OperatorCoordinator",
              "runtime.operators.coordination.OperatorCoordinator$Context",
              "runtime.operators.coordination.OperatorCoordinator$Provider",
              "runtime.operators.coordination.OperatorCoordinator$SubtaskGateway",
              "runtime.operators.coordination.OperatorEvent",
              "runtime.operators.coordination.OperatorEventDispatcher",
              "runtime.operators.coordination.OperatorEventGateway",
              "runtime.operators.coordination.OperatorEventHandler",
              "streaming.api.functions.sink.filesystem.OutputFileConfig",
              "streaming.api.functions.sink.filesystem.OutputFileConfig$OutputFileConfigBuilder",
              "streaming.api.graph.StreamConfig",
              "streaming.api.operators.CoordinatedOperatorFactory",
              "streaming.api.operators.KeyedProcessOperator",
              "streaming.api.operators.OneInputStreamOperatorFactory",
              "streaming.api.operators.ProcessOperator",
              "streaming.api.operators.SimpleOperatorFactory",
              "streaming.api.operators.co.CoProcessOperator",
              "streaming.api.operators.co.KeyedCoProcessOperator",
              "streaming.api.operators.collect.CollectCoordinationResponse",
              "streaming.runtime.streamrecord.StreamRecord",
              "streaming.runtime.tasks.StreamTask",
              "util.InstantiationUtil",
              "util.SerializedValue"));

  @Test
  void touchesNoMoreOfFlinkThanItSays() {
    assertThat(FlinkInternals.touchedBy("io.weir.operators.epoch")).isEqualTo(TOUCHED);
  }
}
