package io.weir.operators.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.FlinkInternals;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What routes touch of Flink that Flink does not promise to keep, in one place. Fails when more is
 * touched, and when what is touched is no longer there as it was.
 */
class FlinkInternalsTest {

  /** Flink's classes without a promise, below {@code org.apache.flink}. */
  private static final Set<String> TOUCHED =
      new TreeSet<>(
          Set.of(
              "api.common.typeutils.base.LongSerializer",
              "api.dag.Transformation",
              "runtime.execution.Environment",
              "runtime.io.network.api.writer.ResultPartitionWriter",
              "runtime.io.network.api.writer.SubtaskStateMapper",
              "runtime.io.network.partition.ResultPartition",
              "runtime.plugable.SerializationDelegate",
              "runtime.state.VoidNamespace",
              "runtime.state.VoidNamespaceSerializer",
              "streaming.api.graph.NonChainedOutput",
              "streaming.api.graph.StreamConfig",
              "streaming.api.operators.CountingOutput",
              "streaming.api.operators.InternalTimer",
              "streaming.api.operators.InternalTimerService",
              "streaming.api.operators.StreamingRuntimeContext",
              "streaming.api.operators.Triggerable",
              "streaming.api.transformations.PartitionTransformation",
              "streaming.api.transformations.PhysicalTransformation",
              "streaming.api.transformations.SideOutputTransformation",
              "streaming.runtime.io.RecordWriterOutput",
              "streaming.runtime.partitioner.StreamPartitioner",
              "streaming.runtime.streamrecord.StreamRecord",
              "streaming.runtime.tasks.StreamTask",
              "streaming.runtime.watermarkstatus.WatermarkStatus"));

  @Test
  void touchesNoMoreOfFlinkThanItSays() {
    assertThat(FlinkInternals.touchedBy("io.weir.operators.routing")).isEqualTo(TOUCHED);
  }
}
