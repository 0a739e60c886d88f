package io.weir.operators.epoch.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.Factor;
import io.weir.operators.epoch.message.Prepared;
import io.weir.operators.epoch.message.Standing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a subtask of every kind does at each of Flink's hooks, and answers its coordinator. */
class ConfiguredOperatorTest {

  private final FakeCoordinator coordinator = FakeCoordinator.welcoming(1, 10);

  @ParameterizedTest
  @EnumSource
  void isHandedAVersionBeforeItsFirstRow(OperatorKind kind) throws Exception {
    try (var subtask = ConfiguredSubtask.of(kind.following(), coordinator)) {
      subtask.open();
      subtask.feed("a", 0);

      assertThat(subtask.rows()).isNotEmpty().containsOnly("v1*10 a");
      assertThat(coordinator.heard()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void switchesAtTheBarrierAndNotWhenItHearsOfTheVersion(OperatorKind kind) throws Exception {
    try (var subtask = open(kind)) {
      coordinator.prepare(5, 2, 20);
      assertThat(coordinator.heard()).containsExactly(new Prepared(0, 5, 1, null));
      subtask.feed("before", 0);
      assertThat(subtask.rows()).containsOnly("v1*10 before");

      subtask.barrier(5);
      subtask.feed("behind", 0);

      assertThat(subtask.rows()).containsOnly("v2*20 behind");
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsItsVersionAtABarrierThatBringsNone(OperatorKind kind) throws Exception {
    try (var subtask = open(kind)) {
      coordinator.prepareNothing(5, 1);
      subtask.barrier(5);
      subtask.feed("a", 0);

      assertThat(subtask.rows()).containsOnly("v1*10 a");
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatItCannotUseAndTakesAnotherRound(OperatorKind kind) throws Exception {
    try (var subtask = open(kind)) {
      coordinator.prepare(5, 2, -1);
      coordinator.prepare(5, 3, Labels.UNLUCKY);
      assertThat(coordinator.heard())
          .containsExactly(
              new Prepared(0, 5, 1, "factor is -1; at least 0 is allowed"),
              new Prepared(0, 5, 1, "no subtask can use 13"));

      coordinator.prepareNothing(5, 2);
      subtask.barrier(5);
      subtask.feed("a", 0);

      assertThat(coordinator.heard()).containsExactly(new Prepared(0, 5, 2, null));
      assertThat(subtask.rows()).containsOnly("v1*10 a");
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhetherItsBarrierCameAndIsBoundByIt(OperatorKind kind) throws Exception {
    try (var subtask = open(kind)) {
      coordinator.prepare(5, 2, 20);
      coordinator.inquire(5);
      subtask.barrier(5);
      subtask.feed("a", 0);
      assertThat(subtask.rows()).containsOnly("v1*10 a");

      coordinator.prepare(6, 2, 20);
      subtask.barrier(6);
      coordinator.inquire(6);
      subtask.feed("a", 0);

      assertThat(subtask.rows()).containsOnly("v2*20 a");
      assertThat(coordinator.heard())
          .contains(new Standing(0, 5, false), new Standing(0, 6, true))
          .doesNotContain(new Standing(0, 5, true), new Standing(0, 6, false));
    }
  }

  @ParameterizedTest
  @EnumSource
  void beginsUnderTheCheckpointsVersionWhenItIsRestored(OperatorKind kind) throws Exception {
    var subtask = open(kind);
    coordinator.prepare(5, 2, 20);
    subtask.barrier(5);
    var state = subtask.snapshot(5);
    subtask.close();

    FakeCoordinator next = FakeCoordinator.welcoming(2, 20);
    try (var restored = ConfiguredSubtask.of(kind.following(), next)) {
      restored.open(state);
      restored.feed("a", 0);

      assertThat(restored.rows()).containsOnly("v2*20 a");
    }
  }

  @ParameterizedTest
  @EnumSource
  void switchesAtTheLastBarrierOfATaskThatFinishes(OperatorKind kind) throws Exception {
    try (var subtask = open(kind)) {
      subtask.finish();

      coordinator.prepare(5, 2, 20);
      subtask.barrier(5);
      coordinator.inquire(5);

      assertThat(coordinator.heard())
          .containsExactly(new Prepared(0, 5, 1, null), new Standing(0, 5, true));
    }
  }

  @ParameterizedTest
  @EnumSource
  void failsAtABarrierThatNobodyPrepared(OperatorKind kind) throws Exception {
    try (var subtask = open(kind)) {
      coordinator.prepareNothing(5, 1);

      assertThatThrownBy(() -> subtask.barrier(6))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("barrier 6 came, but only 5 was prepared");
    }
  }

  @ParameterizedTest
  @EnumSource
  void closesWhetherItWasOpenOrNot(OperatorKind kind) throws Exception {
    var opened = open(kind);
    coordinator.prepare(5, 2, 20);
    assertThatCode(opened::close).doesNotThrowAnyException();

    var neverOpened = ConfiguredSubtask.of(kind.following(), coordinator);
    assertThatCode(neverOpened::close).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource
  void isUnderVersion0ForEverWithoutAStore(OperatorKind kind) throws Exception {
    var fixed = kind.addTo(EpochSettings.fixed("job", Factor.document(7)));
    try (var subtask = ConfiguredSubtask.of(fixed, coordinator)) {
      subtask.open();
      subtask.barrier(1);
      subtask.feed("a", 0);

      assertThat(subtask.rows()).containsOnly("v0*7 a");
      assertThat(coordinator.hellos()).isEmpty();
    }
  }

  private ConfiguredSubtask<String> open(OperatorKind kind) throws Exception {
    var subtask = ConfiguredSubtask.of(kind.following(), coordinator);
    subtask.open();
    return subtask;
  }
}
