package io.weir.operators.epoch.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.epoch.message.Hello;
import io.weir.operators.epoch.message.Prepared;
import io.weir.operators.epoch.message.Welcome;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.junit.jupiter.api.Test;

/** A subtask opens when it has a version, and how it fails when there will be none. */
class OpeningTest {

  private final FakeCoordinator coordinator = new FakeCoordinator();

  @Test
  void saysWhichSubtaskItIs() throws Exception {
    coordinator.thenWelcome(FakeCoordinator.under(1, 10));

    try (var subtask = ConfiguredSubtask.of(OperatorKind.PLAIN.following(), coordinator, 3, 2)) {
      subtask.open();

      assertThat(coordinator.hellos()).containsExactly(new Hello(2, 0));
    }
  }

  @Test
  void asksAgainUntilThereIsAVersion() throws Exception {
    coordinator
        .thenWelcome(Welcome.notYet())
        .thenFailToAnswer(new TimeoutException("nobody answered in time"))
        .thenWelcome(FakeCoordinator.under(3, 30));

    try (var subtask = subtask()) {
      subtask.open();
      subtask.feed("a", 0);

      assertThat(coordinator.hellos()).hasSize(3);
      assertThat(subtask.rows()).containsExactly("v3*30 a");
    }
  }

  @Test
  void failsForGoodWhenThereWillBeNone() throws Exception {
    coordinator.thenWelcome(Welcome.never("there is no document, and none will come"));

    try (var subtask = subtask()) {
      assertThatThrownBy(subtask::open)
          .isInstanceOf(SuppressRestartsException.class)
          .rootCause()
          .hasMessage("there is no document, and none will come");
    }
  }

  @Test
  void failsForGoodWhenTheFirstVersionCannotBeUsed() throws Exception {
    coordinator.thenWelcome(FakeCoordinator.under(3, Labels.UNLUCKY));

    try (var subtask = subtask()) {
      assertThatThrownBy(subtask::open)
          .isInstanceOf(SuppressRestartsException.class)
          .cause()
          .hasMessage("the configuration's version 3 cannot be used")
          .rootCause()
          .hasMessage("no subtask can use 13");
    }
  }

  @Test
  void failsAsUsualWhenTheCoordinatorDoes() throws Exception {
    coordinator.thenFailToAnswer(new IllegalStateException("the coordinator is gone"));

    try (var subtask = subtask()) {
      assertThatThrownBy(subtask::open)
          .isInstanceOf(ExecutionException.class)
          .rootCause()
          .hasMessage("the coordinator is gone");
    }
  }

  @Test
  void answersNothingBeforeItIsOpenSinceItWillBeAskedAgain() throws Exception {
    coordinator.thenWelcome(FakeCoordinator.under(1, 10));

    try (var subtask = subtask()) {
      coordinator.prepareNothing(5, 1);
      assertThat(coordinator.heard()).isEmpty();
      assertThatThrownBy(() -> subtask.barrier(5))
          .hasMessage("checkpoint 5 before the operator is open");

      subtask.open();
      coordinator.prepareNothing(5, 1);
      assertThat(coordinator.heard()).containsExactly(new Prepared(0, 5, 1, null));
    }
  }

  @Test
  void refusesAnEventThatItDoesNotKnow() throws Exception {
    coordinator.thenWelcome(FakeCoordinator.under(1, 10));

    try (var subtask = subtask()) {
      subtask.open();

      assertThatThrownBy(() -> coordinator.send(new Unknown()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("unexpected Unknown");
    }
  }

  private record Unknown() implements OperatorEvent {}

  private ConfiguredSubtask<String> subtask() throws Exception {
    return ConfiguredSubtask.of(OperatorKind.PLAIN.following(), coordinator);
  }
}
