package io.weir.operators.epoch.coordination;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphID;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.scheduler.strategy.ExecutionVertexID;

/** What a coordinator sends to one attempt of a subtask. */
final class Subtasks {

  private Subtasks() {}

  static final class Gateway implements OperatorCoordinator.SubtaskGateway {

    private final int subtask;
    private final List<OperatorEvent> received = new ArrayList<>();
    private final CompletableFuture<Acknowledge> answer;

    private Gateway(int subtask, CompletableFuture<Acknowledge> answer) {
      this.subtask = subtask;
      this.answer = answer;
    }

    List<OperatorEvent> received() {
      return received;
    }

    @Override
    public CompletableFuture<Acknowledge> sendEvent(OperatorEvent event) {
      received.add(event);
      return answer;
    }

    @Override
    public ExecutionAttemptID getExecution() {
      return new ExecutionAttemptID(
          new ExecutionGraphID(), new ExecutionVertexID(new JobVertexID(), subtask), 0);
    }

    @Override
    public int getSubtask() {
      return subtask;
    }
  }

  static Gateway running(int subtask) {
    return new Gateway(subtask, CompletableFuture.completedFuture(Acknowledge.get()));
  }

  /** A task that the JobManager still takes for running. */
  static Gateway finished(int subtask) {
    return new Gateway(
        subtask, CompletableFuture.failedFuture(new IllegalStateException("task not running")));
  }
}
