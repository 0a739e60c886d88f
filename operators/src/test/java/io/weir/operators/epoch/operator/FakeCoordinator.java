package io.weir.operators.epoch.operator;

import static java.util.Objects.requireNonNull;

import io.weir.operators.epoch.Factor;
import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.message.Hello;
import io.weir.operators.epoch.message.Inquire;
import io.weir.operators.epoch.message.Prepare;
import io.weir.operators.epoch.message.Welcome;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.jobgraph.tasks.TaskOperatorEventGateway;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.operators.coordination.OperatorEventDispatcher;
import org.apache.flink.runtime.operators.coordination.OperatorEventGateway;
import org.apache.flink.runtime.operators.coordination.OperatorEventHandler;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.SerializedValue;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator of one subtask in a test: says what the test has it say, and keeps what it hears.
 * All that is said crosses Java serialization, as between processes.
 */
public final class FakeCoordinator implements TaskOperatorEventGateway, OperatorEventDispatcher {

  private final Deque<CompletableFuture<CoordinationResponse>> welcomes = new ArrayDeque<>();
  private final List<Hello> hellos = new ArrayList<>();
  private final List<OperatorEvent> heard = new ArrayList<>();
  private @Nullable OperatorEventHandler subtask;

  /** Welcomes the subtask under a version whose document is a factor. */
  public static FakeCoordinator welcoming(long version, long factor) {
    return new FakeCoordinator().thenWelcome(under(version, factor));
  }

  static Welcome under(long version, long factor) {
    return Welcome.under(factor(version, factor));
  }

  FakeCoordinator thenWelcome(Welcome welcome) {
    welcomes.add(CompletableFuture.completedFuture(welcome.pack()));
    return this;
  }

  FakeCoordinator thenFailToAnswer(Exception failure) {
    welcomes.add(CompletableFuture.failedFuture(failure));
    return this;
  }

  private static Document factor(long version, long factor) {
    return new Document(version, "h" + version, Factor.document(factor));
  }

  /** Announces a version behind a checkpoint's barrier, in the first round. */
  public void prepare(long checkpoint, long version, long factor) {
    send(new Prepare(checkpoint, 1, factor(version, factor)));
  }

  /** Announces that nothing changes behind a checkpoint's barrier. */
  public void prepareNothing(long checkpoint, int round) {
    send(new Prepare(checkpoint, round, null));
  }

  void inquire(long checkpoint) {
    send(new Inquire(checkpoint));
  }

  void send(OperatorEvent event) {
    requireNonNull(subtask, "a subtask registers before it opens")
        .handleOperatorEvent(copyOf(event));
  }

  private static OperatorEvent copyOf(OperatorEvent event) {
    try {
      return InstantiationUtil.clone(event);
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(event + " does not cross processes", e);
    }
  }

  List<Hello> hellos() {
    return hellos;
  }

  /** What the subtask has said since it was last asked. */
  public List<OperatorEvent> heard() {
    List<OperatorEvent> all = List.copyOf(heard);
    heard.clear();
    return all;
  }

  @Override
  public CompletableFuture<CoordinationResponse> sendRequestToCoordinator(
      OperatorID operator, SerializedValue<CoordinationRequest> request) {
    try {
      hellos.add((Hello) request.deserializeValue(FakeCoordinator.class.getClassLoader()));
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("a request does not cross processes", e);
    }
    return requireNonNull(welcomes.poll(), "nothing is left to be said");
  }

  @Override
  public void registerEventHandler(OperatorID operator, OperatorEventHandler handler) {
    subtask = handler;
  }

  @Override
  public OperatorEventGateway getOperatorEventGateway(OperatorID operator) {
    return event -> heard.add(copyOf(event));
  }

  @Override
  public void sendOperatorEventToCoordinator(
      OperatorID operator, SerializedValue<OperatorEvent> event) {
    throw new IllegalStateException("operators send by the dispatcher");
  }
}
