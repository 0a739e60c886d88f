package io.weir.operators.alert;

import static io.weir.operators.alert.rule.Rules.MINUTE;
import static io.weir.operators.alert.rule.Rules.manyCalls;
import static io.weir.operators.alert.rule.Rules.withSeverity;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.alert.Alert.Reason;
import io.weir.operators.alert.rule.AlertRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The life of one alert, minute by minute. */
class JudgementTest {

  private static final Series SERIES = Series.ofService("shop");

  private final List<String> transitions = new ArrayList<>();
  private @Nullable OpenAlert open;
  private long minute;

  /** Judges minutes by a rule: {@code +} where its condition holds, {@code -} where not. */
  private void judge(AlertRule rule, long version, String minutes) {
    for (int i = 0; i < minutes.length(); i++) {
      Window window = new Window(minute * MINUTE, (minute + 1) * MINUTE, version);
      take(rule, version, Judgement.of(window, rule, minutes.charAt(i) == '+', open));
    }
  }

  private void take(AlertRule rule, long version, Judgement judgement) {
    minute++;
    open = judgement.alert();
    if (judgement.isTransition()) {
      Alert alert = judgement.transition(rule.name(), SERIES, 5, version);
      transitions.add(
          "%d %s since %d, version %d since %d"
              .formatted(
                  alert.atMillis() / MINUTE,
                  alert.state().name().toLowerCase(Locale.ROOT),
                  alert.sinceMillis() / MINUTE,
                  alert.version(),
                  alert.sinceVersion()));
    }
  }

  @Test
  void isPendingThenFiringThenResolved() {
    judge(manyCalls(3, 3), 1, "-+++++-");

    assertThat(transitions)
        .containsExactly(
            "2 pending since 1, version 1 since 1",
            "4 firing since 1, version 1 since 1",
            "7 resolved since 1, version 1 since 1");
  }

  @Test
  void firesAtOnceWhereAWindowIsLongEnough() {
    judge(manyCalls(3, 1), 1, "-+-");
    judge(manyCalls(3, 0), 1, "+-");

    assertThat(transitions)
        .extracting(row -> row.split(" since", -1)[0])
        .containsExactly("2 firing", "3 resolved", "4 firing", "5 resolved");
  }

  @Test
  void oneGoodMinuteEndsWhatIsPending() {
    judge(manyCalls(3, 3), 1, "++-++-");

    assertThat(transitions)
        .extracting(row -> row.split(" since", -1)[0])
        .containsExactly("1 pending", "3 resolved", "4 pending", "6 resolved");
  }

  @Test
  void aFiringAlertGoesOnUnderAChangedConditionThatHolds() {
    judge(manyCalls(3, 1), 1, "+");
    judge(manyCalls(9, 5), 2, "++-");

    assertThat(transitions)
        .containsExactly(
            "1 firing since 0, version 1 since 1", "4 resolved since 0, version 2 since 1");
  }

  @Test
  void aPendingAlertBeginsAnewUnderAnotherCondition() {
    judge(manyCalls(3, 3), 1, "++");
    judge(manyCalls(9, 3), 2, "+++");

    assertThat(transitions)
        .containsExactly(
            "1 pending since 0, version 1 since 1", "5 firing since 2, version 2 since 2");
  }

  @Test
  void aPendingAlertWaitsForAsLongAsTheNewVersionSays() {
    judge(manyCalls(3, 5), 1, "++");
    judge(manyCalls(3, 3), 2, "+");

    assertThat(transitions)
        .containsExactly(
            "1 pending since 0, version 1 since 1", "3 firing since 0, version 2 since 1");
  }

  @Test
  void whatIsToldBearsTheSeverityAndLabelsInForce() {
    AlertRule rule = manyCalls(3, 1);
    judge(rule, 1, "+");
    AlertRule worse = withSeverity("critical", rule);
    judge(worse, 2, "+");

    assertThat(transitions).hasSize(1);
    OpenAlert firing = requireNonNull(open);
    assertThat(firing.severity()).isEqualTo("critical");
    assertThat(firing.labels()).isEqualTo("{\"team\":\"critical\"}");
  }

  @Test
  void anAlertWithoutARuleIsResolvedAsItLastWas() {
    AlertRule rule = manyCalls(3, 1);
    judge(rule, 1, "+");
    Window window = new Window(minute * MINUTE, (minute + 1) * MINUTE, 2);
    Judgement end = Judgement.end(window, requireNonNull(open), Reason.RULE_CHANGED);
    take(rule, 2, end);

    assertThat(transitions).last().isEqualTo("2 resolved since 0, version 2 since 1");
    assertThat(end.transition("busy", SERIES, Double.NaN, 2).severity()).isEqualTo("warning");
  }
}
