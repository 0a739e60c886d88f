package io.weir.operators.epoch.operator;

import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.channel.ChannelStateWriteRequestExecutorFactory;
import org.apache.flink.runtime.externalresource.ExternalResourceInfoProvider;
import org.apache.flink.runtime.io.disk.iomanager.IOManagerAsync;
import org.apache.flink.runtime.jobgraph.JobType;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.jobgraph.tasks.TaskOperatorEventGateway;
import org.apache.flink.runtime.memory.MemoryManager;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockInputSplitProvider;
import org.apache.flink.runtime.state.TestTaskStateManager;
import org.apache.flink.runtime.taskexecutor.TestGlobalAggregateManager;
import org.apache.flink.runtime.util.TestingTaskManagerRuntimeInfo;
import org.apache.flink.runtime.util.TestingUserCodeClassLoader;

/** Flink's environment of a task in a test, with a coordinator that answers requests. */
// Flink's close may throw anything.
@SuppressWarnings("try")
final class CoordinatedEnvironment extends MockEnvironment {

  static final int MAX_PARALLELISM = 16;
  private static final int BUFFER_BYTES = 1024;

  private final TaskOperatorEventGateway coordinator;

  CoordinatedEnvironment(TaskOperatorEventGateway coordinator, int parallelism, int subtask) {
    super(
        new JobID(),
        "job",
        new JobVertexID(),
        JobType.STREAMING,
        "task",
        new MockInputSplitProvider(),
        BUFFER_BYTES,
        new Configuration(),
        new ExecutionConfig(),
        new IOManagerAsync(),
        new TestTaskStateManager(),
        new TestGlobalAggregateManager(),
        MAX_PARALLELISM,
        parallelism,
        subtask,
        TestingUserCodeClassLoader.newBuilder().build(),
        UnregisteredMetricGroups.createUnregisteredTaskMetricGroup(),
        new TestingTaskManagerRuntimeInfo(),
        MemoryManager.create(
            MemoryManager.DEFAULT_PAGE_SIZE * 32L, MemoryManager.DEFAULT_PAGE_SIZE),
        ExternalResourceInfoProvider.NO_EXTERNAL_RESOURCES,
        new ChannelStateWriteRequestExecutorFactory(new JobID()));
    this.coordinator = coordinator;
  }

  @Override
  public TaskOperatorEventGateway getOperatorCoordinatorEventGateway() {
    return coordinator;
  }
}
