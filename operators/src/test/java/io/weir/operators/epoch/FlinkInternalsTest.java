package io.weir.operators.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.annotation.Experimental;
import org.apache.flink.annotation.Public;
import org.apache.flink.annotation.PublicEvolving;
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
    Set<String> touched = new TreeSet<>();
    new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.weir.operators.epoch")
            .stream()
            .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .filter(target -> target.getPackageName().startsWith("org.apache.flink"))
            .filter(target -> !isPromised(target))
            .forEach(
                target -> touched.add(target.getName().substring("org.apache.flink.".length())));

    assertThat(touched).isEqualTo(TOUCHED);
  }

  private static boolean isPromised(JavaClass target) {
    JavaClass outermost = target;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    return outermost.isAnnotatedWith(Public.class)
        || outermost.isAnnotatedWith(PublicEvolving.class)
        || outermost.isAnnotatedWith(Experimental.class);
  }
}
