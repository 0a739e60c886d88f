package io.weir.operators.epoch.coordination;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.message.Hello;
import io.weir.operators.epoch.message.Prepared;
import io.weir.operators.epoch.message.Standing;
import io.weir.operators.epoch.protocol.Completion;
import io.weir.operators.epoch.protocol.Member;
import io.weir.operators.epoch.protocol.Member.Place;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestHandler;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.jspecify.annotations.Nullable;

/** One configured operator's part in the decisions of its job: passes on what Flink says. */
final class EpochCoordinator implements OperatorCoordinator, CoordinationRequestHandler {

  private final Context context;
  private final JobEpochs epochs;
  private final ConfigurationType<?> type;
  private final String operator;
  private final Map<Member, SubtaskGateway> gateways = new ConcurrentHashMap<>();

  EpochCoordinator(Context context, JobEpochs epochs, ConfigurationType<?> type) {
    this.context = context;
    this.epochs = epochs;
    this.type = type;
    operator = context.getOperatorId().toHexString();
    epochs.join(this);
  }

  Context context() {
    return context;
  }

  ConfigurationType<?> type() {
    return type;
  }

  String operator() {
    return operator;
  }

  @Override
  public void start() {
    if (context.getCheckpointCoordinator() == null) {
      throw new IllegalStateException(
          "live configuration changes at checkpoints, but execution.checkpointing.interval is not"
              + " set");
    }
    epochs.start();
  }

  @Override
  public void close() {
    epochs.leave(this);
  }

  /**
   * Sends to a subtask.
   *
   * @return completes when it is in the task's mailbox; exceptionally if the task has finished
   */
  CompletableFuture<?> send(Member member, OperatorEvent event) {
    SubtaskGateway gateway = gateways.get(member);
    // It is sent again: an attempt may say hello before Flink says that it is ready.
    return gateway == null ? new CompletableFuture<>() : gateway.sendEvent(event);
  }

  @Override
  public CompletableFuture<CoordinationResponse> handleCoordinationRequest(
      CoordinationRequest request) {
    if (request instanceof Hello hello) {
      return epochs.hello(Member.of(operator, hello.subtask(), hello.attempt()));
    }
    throw new IllegalArgumentException("unexpected " + request);
  }

  @Override
  public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
    if (event instanceof Prepared prepared) {
      epochs.prepared(Member.of(operator, subtask, prepared.attempt()), prepared);
    } else if (event instanceof Standing standing) {
      epochs.standing(Member.of(operator, subtask, standing.attempt()), standing);
    } else {
      throw new IllegalArgumentException("unexpected " + event);
    }
  }

  @Override
  public void checkpointCoordinator(long checkpoint, CompletableFuture<byte[]> result) {
    epochs.checkpoint(checkpoint, new Answer(result));
  }

  private record Answer(CompletableFuture<byte[]> result) implements Completion {

    @Override
    public void confirm(Document document) {
      result.complete(DocumentCodec.encode(document));
    }

    @Override
    public void decline(String reason) {
      // Any other kind than this would count as a failed checkpoint.
      result.completeExceptionally(new IllegalStateException(reason));
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    epochs.completed(checkpoint);
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) {
    epochs.aborted(checkpoint);
  }

  @Override
  public void resetToCheckpoint(long checkpoint, byte @Nullable [] state) throws IOException {
    gateways.clear();
    epochs.restored(operator, checkpoint, state == null ? null : DocumentCodec.decode(state));
  }

  @Override
  public void subtaskReset(int subtask, long checkpoint) {
    epochs.reset(new Place(operator, subtask), checkpoint);
  }

  @Override
  public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {
    gateways.keySet().removeIf(member -> member.place().subtask() == subtask);
    gateways.put(Member.of(operator, subtask, attempt), gateway);
  }

  @Override
  public void executionAttemptFailed(int subtask, int attempt, @Nullable Throwable reason) {
    Member member = Member.of(operator, subtask, attempt);
    gateways.remove(member);
    epochs.failed(member);
  }
}
