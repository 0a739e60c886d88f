package io.weir.operators.epoch.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.Factor;
import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.message.Hello;
import io.weir.operators.epoch.message.Prepare;
import io.weir.operators.epoch.message.Prepared;
import io.weir.operators.epoch.message.Welcome;
import io.weir.operators.epoch.metrics.EpochMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinatorStore;
import org.apache.flink.runtime.operators.coordination.CoordinatorStoreImpl;
import org.apache.flink.runtime.operators.coordination.MockOperatorCoordinatorContext;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The coordinators of two operators of a job, at each of Flink's hooks. */
class EpochCoordinatorTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Document SEVEN = new Document(7, "h7", Factor.document(70));

  private final CoordinatorStore job = new CoordinatorStoreImpl();
  private final EpochCoordinator first = create();
  private final EpochCoordinator second = create();

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  @Test
  void welcomesUnderTheVersionThatTheCheckpointHolds() throws Exception {
    restore();

    Welcome welcome = Welcome.unpack(first.handleCoordinationRequest(new Hello(0, 0)).join());

    assertThat(welcome.document()).isEqualTo(SEVEN);
  }

  @Test
  void takesTheLongestTimesThatSettingsMaySay() {
    Duration longest = Duration.ofDays(3_650_000);
    EpochSettings settings =
        EpochSettings.fixed("job", Factor.document(1))
            .withStartLimit(longest)
            .withMinDistance(longest);

    assertThatCode(() -> new JobEpochs(settings, new EpochMetrics())).doesNotThrowAnyException();
  }

  @Test
  void letsASubtaskWaitWhileThereIsNoVersion() {
    assertThat(first.handleCoordinationRequest(new Hello(0, 0))).isNotDone();
  }

  @Test
  void holdsACheckpointUntilEverySubtaskOfEveryOperatorHasPrepared() throws Exception {
    restore();
    var one = open(first, Subtasks.running(0));
    var other = open(second, Subtasks.running(0));

    var firstPart = checkpoint(first, 8);
    var secondPart = checkpoint(second, 8);
    assertThat(one.received()).containsExactly(new Prepare(8, 1, null));
    assertThat(other.received()).containsExactly(new Prepare(8, 1, null));
    first.handleEventFromOperator(0, 0, new Prepared(0, 8, 1, null));
    assertThat(firstPart).isNotDone();
    second.handleEventFromOperator(0, 0, new Prepared(0, 8, 1, null));

    assertThat(DocumentCodec.decode(firstPart.join())).isEqualTo(SEVEN);
    assertThat(DocumentCodec.decode(secondPart.join())).isEqualTo(SEVEN);
  }

  @Test
  void doesNotWaitForASubtaskThatHasFinished() throws Exception {
    restore();
    open(first, Subtasks.running(0));
    open(first, Subtasks.finished(1));

    var part = checkpoint(first, 8);
    first.handleEventFromOperator(0, 0, new Prepared(0, 8, 1, null));

    await().atMost(PATIENCE).until(part::isDone);
    assertThat(DocumentCodec.decode(part.join())).isEqualTo(SEVEN);
  }

  @Test
  void abortsACheckpointUncountedWhenASubtaskFails() throws Exception {
    restore();
    open(first, Subtasks.running(0));

    var part = checkpoint(first, 8);
    first.executionAttemptFailed(0, 0, new IllegalStateException("lost"));

    // An IOException would count.
    assertThatThrownBy(part::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("a subtask failed");
  }

  @Test
  void welcomesASubtaskThatWasResetAloneUnderItsCheckpointsVersion() throws Exception {
    restore();
    open(first, Subtasks.running(0));
    first.executionAttemptFailed(0, 0, null);
    first.subtaskReset(0, 5);

    Welcome welcome = Welcome.unpack(first.handleCoordinationRequest(new Hello(0, 1)).join());

    assertThat(welcome.document()).isEqualTo(SEVEN);
  }

  @Test
  void refusesACheckpointThatCannotBeRead() {
    byte[] bytes = DocumentCodec.encode(SEVEN);
    bytes[0]++;

    assertThatThrownBy(() -> first.resetToCheckpoint(5, bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a configuration of format 2; this build reads 1");
  }

  @Test
  void refusesAJobWithoutCheckpoints() {
    assertThatThrownBy(first::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("execution.checkpointing.interval is not set");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> first.handleCoordinationRequest(new UnknownRequest()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> first.handleEventFromOperator(0, 0, new UnknownEvent()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesWhatComesLateWhenItIsClosed() throws Exception {
    restore();
    open(first, Subtasks.running(0));
    first.close();
    second.close();

    assertThatCode(
            () -> {
              first.handleEventFromOperator(0, 0, new Prepared(0, 8, 1, null));
              first.notifyCheckpointAborted(8);
              first.notifyCheckpointComplete(8);
              first.executionAttemptFailed(0, 0, null);
              first.close();
            })
        .doesNotThrowAnyException();
  }

  private record UnknownRequest() implements CoordinationRequest {}

  private record UnknownEvent() implements OperatorEvent {}

  private EpochCoordinator create() {
    OperatorID operator = new OperatorID();
    EpochSettings settings =
        EpochSettings.following(
            "job",
            () -> {
              throw new IllegalStateException("a coordinator that is not started opens no store");
            });
    return (EpochCoordinator)
        new EpochCoordinatorProvider(operator, settings, Factor.Type.INSTANCE)
            .create(
                new MockOperatorCoordinatorContext(operator, 2) {
                  @Override
                  public CoordinatorStore getCoordinatorStore() {
                    return job;
                  }
                });
  }

  private void restore() throws IOException {
    first.resetToCheckpoint(5, DocumentCodec.encode(SEVEN));
    second.resetToCheckpoint(5, DocumentCodec.encode(SEVEN));
  }

  private static Subtasks.Gateway open(EpochCoordinator operator, Subtasks.Gateway gateway) {
    operator.executionAttemptReady(gateway.getSubtask(), 0, gateway);
    var unused = operator.handleCoordinationRequest(new Hello(gateway.getSubtask(), 0));
    return gateway;
  }

  private static CompletableFuture<byte[]> checkpoint(EpochCoordinator operator, long checkpoint) {
    CompletableFuture<byte[]> part = new CompletableFuture<>();
    operator.checkpointCoordinator(checkpoint, part);
    return part;
  }
}
