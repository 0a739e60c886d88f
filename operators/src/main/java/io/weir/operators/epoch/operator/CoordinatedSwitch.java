package io.weir.operators.epoch.operator;

import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.message.Hello;
import io.weir.operators.epoch.message.Inquire;
import io.weir.operators.epoch.message.Prepare;
import io.weir.operators.epoch.message.Prepared;
import io.weir.operators.epoch.message.Standing;
import io.weir.operators.epoch.message.Welcome;
import io.weir.operators.epoch.protocol.SubtaskEpoch;
import io.weir.operators.epoch.stamp.Stamping;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.operators.coordination.OperatorEventGateway;
import org.apache.flink.runtime.operators.coordination.OperatorEventHandler;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.SerializedValue;
import org.jspecify.annotations.Nullable;

/**
 * A subtask's part in the decisions of its job: prepares for what its coordinator proposes,
 * switches at the barrier, and says afterwards where it stands. Flink runs all of it in the task's
 * thread.
 */
final class CoordinatedSwitch implements EpochSwitch, OperatorEventHandler {

  private final StreamOperatorParameters<?> parameters;
  private final OperatorID operator;
  private final OperatorEventGateway coordinator;

  private @Nullable SubtaskEpoch<?> epoch;
  private @Nullable StampOutput stamps;
  private int attempt;

  CoordinatedSwitch(StreamOperatorParameters<?> parameters) {
    this.parameters = parameters;
    operator = parameters.getStreamConfig().getOperatorID();
    coordinator = parameters.getOperatorEventDispatcher().getOperatorEventGateway(operator);
    parameters.getOperatorEventDispatcher().registerEventHandler(operator, this);
  }

  @Override
  public <C> void open(Configured<C> configured) throws Exception {
    Welcome welcome = ask();
    Document first = Objects.requireNonNull(welcome.document());
    try {
      epoch = new SubtaskEpoch<>(configured, first);
    } catch (InvalidConfigurationException e) {
      throw new SuppressRestartsException(
          new IllegalStateException("the configuration's " + first + " cannot be used", e));
    }
    if (configured instanceof Stamping stamping) {
      stamps = new StampOutput(parameters, Math.max(0, welcome.checkpoint()));
      stamping.stampWith(stamps);
    }
  }

  // Waits in the task's thread: no record has been processed yet, and none may be.
  private Welcome ask() throws Exception {
    TaskInfo task = parameters.getContainingTask().getEnvironment().getTaskInfo();
    attempt = task.getAttemptNumber();
    SerializedValue<CoordinationRequest> hello =
        new SerializedValue<>(new Hello(task.getIndexOfThisSubtask(), attempt));
    while (true) {
      Welcome welcome = ask(hello);
      if (welcome.failure() != null) {
        // Another start would find the same, unless somebody does something about it.
        throw new SuppressRestartsException(new IllegalStateException(welcome.failure()));
      }
      if (welcome.document() != null) {
        return welcome;
      }
    }
  }

  private Welcome ask(SerializedValue<CoordinationRequest> hello) throws Exception {
    try {
      return Welcome.unpack(
          parameters
              .getContainingTask()
              .getEnvironment()
              .getOperatorCoordinatorEventGateway()
              .sendRequestToCoordinator(operator, hello)
              .get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TimeoutException) {
        return Welcome.notYet();
      }
      throw e;
    }
  }

  @Override
  public void handleOperatorEvent(OperatorEvent event) {
    SubtaskEpoch<?> present = epoch;
    if (present == null) {
      // Whoever sends it does so again.
      return;
    }
    if (event instanceof Prepare prepare) {
      String refusal = present.prepare(prepare);
      coordinator.sendEventToCoordinator(
          new Prepared(attempt, prepare.checkpoint(), prepare.round(), refusal));
    } else if (event instanceof Inquire inquire) {
      boolean switched = present.standsBehind(inquire.checkpoint());
      coordinator.sendEventToCoordinator(new Standing(attempt, inquire.checkpoint(), switched));
    } else {
      throw new IllegalArgumentException("unexpected " + event);
    }
  }

  @Override
  public void switchAt(long checkpoint) {
    if (epoch == null) {
      throw new IllegalStateException("checkpoint " + checkpoint + " before the operator is open");
    }
    epoch.switchAt(checkpoint);
    if (stamps != null) {
      stamps.passed(checkpoint);
    }
  }
}
