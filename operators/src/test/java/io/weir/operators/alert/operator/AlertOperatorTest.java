package io.weir.operators.alert.operator;

import static io.weir.operators.alert.rule.Rules.manyCalls;
import static io.weir.operators.alert.rule.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.alert.rule.AlertRule;
import io.weir.operators.alert.rule.Condition.Comparison;
import io.weir.operators.alert.rule.Condition.Measure;
import io.weir.operators.alert.rule.Rules;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Minutes of services that the operator judges, hook by hook. */
// Each test starts its subtask.
@SuppressWarnings("NullAway.Init")
class AlertOperatorTest {

  private static final AlertRule SILENT = rule("silent", Measure.VALUE, Comparison.BELOW, 1, 2);

  private JudgedSubtask subtask;

  @AfterEach
  void close() {
    subtask.close();
  }

  private void start(AlertRule... rules) throws Exception {
    subtask = JudgedSubtask.under(1, Rules.of(rules));
    subtask.open();
  }

  @Test
  void keepsAServiceApartFromTheOthers() throws Exception {
    start(manyCalls(3, 2));
    subtask.minute(0, "a", 5);
    subtask.minute(0, "b", 1);
    subtask.minute(1, "a", 5);
    subtask.minute(1, "b", 5);
    subtask.minute(2, "a", 1);

    assertThat(subtask.told())
        .containsExactly(
            "1 a busy pending 5.0 v1",
            "2 a busy firing 5.0 v1",
            "2 b busy pending 5.0 v1",
            "3 a busy resolved 1.0 v1");
  }

  @Test
  void aMinuteWithoutCallsIsJudgedWhenItsTimeHasPassed() throws Exception {
    start(manyCalls(3, 2), SILENT);
    subtask.minute(0, "a", 5);
    subtask.minute(1, "a", 5);
    List<String> before = subtask.told();

    subtask.passed(5);

    assertThat(before).containsExactly("1 a busy pending 5.0 v1", "2 a busy firing 5.0 v1");
    assertThat(subtask.told())
        .containsExactly(
            "3 a busy resolved 0.0 v1", "3 a silent pending 0.0 v1", "4 a silent firing 0.0 v1");
  }

  @Test
  void aSampleBringsTheMinutesBeforeItAlong() throws Exception {
    start(SILENT);
    subtask.minute(0, "a", 5);
    subtask.minute(3, "a", 5);

    assertThat(subtask.told())
        .containsExactly(
            "2 a silent pending 0.0 v1", "3 a silent firing 0.0 v1", "4 a silent resolved 5.0 v1");
  }

  @Test
  void timeThatPassesBehindASampleChangesNothing() throws Exception {
    start(SILENT);
    subtask.minute(0, "a", 5);
    subtask.minute(1, "a", 5);
    subtask.passed(2);

    assertThat(subtask.told()).isEmpty();
  }

  @Test
  void aSampleOfAMinuteThatWasJudgedIsCountedAndChangesNothing() throws Exception {
    start(manyCalls(3, 1));
    subtask.minute(0, "a", 1);
    subtask.passed(3);
    subtask.minute(1, "a", 9);

    assertThat(subtask.told()).isEmpty();
    assertThat(subtask.lateSamples()).isEqualTo(1);
  }

  @Test
  void theEndOfAStreamJudgesNothing() throws Exception {
    start(manyCalls(3, 2));
    subtask.minute(0, "a", 5);
    subtask.minute(1, "a", 5);
    subtask.finish();

    assertThat(subtask.told()).hasSize(2).last().isEqualTo("2 a busy firing 5.0 v1");
  }

  @Test
  void forgetsASeriesThatStaysSilent() throws Exception {
    start(manyCalls(3, 1), SILENT);
    subtask.minute(0, "a", 5);
    subtask.passed(JudgedSubtask.FORGET_MINUTES + 100);

    assertThat(subtask.told())
        .containsExactly(
            "1 a busy firing 5.0 v1",
            "2 a busy resolved 0.0 v1",
            "2 a silent pending 0.0 v1",
            "3 a silent firing 0.0 v1",
            "12 a silent resolved NaN v1");
    assertThat(subtask.stateEntries()).isZero();
    assertThat(subtask.timers()).isZero();
  }

  @Test
  void whatCameBeforeABarrierFollowsTheOldRuleAndWhatComesAfterItTheNewOne() throws Exception {
    start(manyCalls(3, 1));
    subtask.minute(0, "a", 5);
    subtask.minute(0, "b", 1);
    subtask.announce(2, Rules.of(manyCalls(0, 1)));
    subtask.minute(1, "a", 5);
    subtask.minute(1, "b", 1);
    subtask.barrier();
    subtask.minute(2, "a", 5);
    subtask.minute(2, "b", 1);

    assertThat(subtask.told()).containsExactly("1 a busy firing 5.0 v1", "3 b busy firing 1.0 v2");
  }

  @Test
  void theMinuteBehindASwitchEndsAlertsWhoseRuleIsGone() throws Exception {
    start(manyCalls(3, 1), SILENT);
    subtask.minute(0, "a", 5);
    subtask.minute(0, "b", 5);
    subtask.announce(2, Rules.of(Rules.on("b", manyCalls(3, 1))));
    subtask.barrier();
    subtask.passed(1);
    List<String> before = subtask.told();
    subtask.minute(1, "a", 5);
    subtask.minute(1, "b", 5);

    assertThat(before).containsExactly("1 a busy firing 5.0 v1", "1 b busy firing 5.0 v1");
    assertThat(subtask.told()).containsExactly("2 a busy resolved NaN v2");
  }

  @Test
  void aRuleCanAskWhatIsUsual() throws Exception {
    start(rule("unusual", Measure.TIMES_USUAL, Comparison.ABOVE, 3, 1));
    for (int minute = 0; minute < RecentValues.FEWEST; minute++) {
      subtask.minute(minute, "a", minute == 4 ? 1000 : 10);
    }
    List<String> learning = subtask.told();
    subtask.minute(RecentValues.FEWEST, "a", 35);

    assertThat(learning).isEmpty();
    assertThat(subtask.told()).containsExactly("11 a unusual firing 3.5 v1");
  }

  @Test
  void aRuleCanAskHowHighItUsuallyRises() throws Exception {
    start(rule("unusual", Measure.TIMES_HIGH, Comparison.ABOVE, 2, 1));
    for (int minute = 0; minute < RecentValues.FEWEST; minute++) {
      subtask.minute(minute, "a", minute % 2 == 0 ? 10 : 100);
    }
    subtask.minute(RecentValues.FEWEST, "a", 150);
    List<String> usual = subtask.told();
    subtask.minute(RecentValues.FEWEST + 1, "a", 301);

    assertThat(usual).isEmpty();
    assertThat(subtask.told()).singleElement().asString().startsWith("12 a unusual firing 2.00");
  }

  @Test
  void aRuleCanAskForTheScoreOfTheDetector() throws Exception {
    start(rule("strange", Measure.ANOMALY_SCORE, Comparison.ABOVE, 0.6, 1));
    for (int minute = 0; minute < 300; minute++) {
      subtask.minute(minute, "a", 100 + minute % 7);
    }
    List<String> usual = subtask.told();
    subtask.minute(300, "a", 5000);

    assertThat(usual).isEmpty();
    assertThat(subtask.told()).singleElement().asString().startsWith("301 a strange firing 0.");
  }

  @Test
  void twoRulesThatAskTheSameLearnOnce() throws Exception {
    start(
        rule("unusual", Measure.TIMES_USUAL, Comparison.ABOVE, 3, 1),
        rule("odd", Measure.TIMES_HIGH, Comparison.ABOVE, 2, 1));
    for (int minute = 0; minute < RecentValues.FEWEST - 1; minute++) {
      subtask.minute(minute, "a", 10);
    }
    subtask.minute(RecentValues.FEWEST - 1, "a", 35);

    assertThat(subtask.told()).isEmpty();
  }

  @Test
  void whatNoRuleAsksForIsForgotten() throws Exception {
    start(rule("unusual", Measure.TIMES_USUAL, Comparison.ABOVE, 3, 1));
    subtask.minute(0, "a", 10);
    int learned = subtask.stateEntries();
    subtask.announce(2, Rules.of(manyCalls(3, 1)));
    subtask.barrier();
    subtask.minute(1, "a", 1);

    assertThat(subtask.stateEntries()).isEqualTo(learned - 1);
  }

  @Test
  void goesOnAfterARestoreAndAtAnotherParallelism() throws Exception {
    List<String> services = Stream.of("a", "b", "c", "d", "e", "f", "g", "h").toList();
    start(manyCalls(3, 2), SILENT);
    for (String service : services) {
      subtask.minute(0, service, 5);
    }
    OperatorSubtaskState state = subtask.snapshot();

    for (int index = 0; index < 2; index++) {
      try (JudgedSubtask half =
          JudgedSubtask.part(index, 2, 1, Rules.of(manyCalls(3, 2), SILENT))) {
        half.open(state);
        half.passed(1);
        for (String service : services.stream().filter(half::owns).toList()) {
          half.minute(1, service, 5);
        }
        half.passed(4);

        assertThat(half.told())
            .hasSize(4 * (int) services.stream().filter(half::owns).count())
            .allMatch(row -> row.matches("2 . busy firing.*|[34] . (busy|silent) .*"));
      }
    }
    assertThat(services).anyMatch(JudgedSubtask.part(0, 2, 1, Rules.of())::owns);
  }
}
