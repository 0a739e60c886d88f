package io.weir.operators.alert;

import io.weir.operators.alert.Alert.Reason;
import io.weir.operators.alert.Alert.State;
import io.weir.operators.alert.rule.AlertRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The life of an alert, one window after the other; knows nothing of how alerts are kept.
 *
 * <p>An alert is pending while its rule's condition holds, fires when that has lasted, and is
 * resolved by the first window in which it does not hold. It then begins anew.
 *
 * <p>When a new version changes the rule: a firing alert goes on while the new condition holds, so
 * that nobody is told twice. A pending one whose condition became another begins anew at the next
 * window, so that what fires has held under one condition for all of its time. Where no rule is
 * left, the next window resolves the alert.
 *
 * @param window whose end the transitions bear
 * @param alert what is open after it; null: nothing
 * @param previous what it was before
 * @param reason of the change
 */
public record Judgement(
    Window window, @Nullable OpenAlert alert, @Nullable OpenAlert previous, Reason reason) {

  /** Judges by a rule whose condition holds or not. */
  public static Judgement of(
      Window window, AlertRule rule, boolean holds, @Nullable OpenAlert previous) {
    return holds
        ? new Judgement(window, goOn(window, rule, previous), previous, Reason.CONDITION_HOLDS)
        : new Judgement(window, null, previous, Reason.CONDITION_ENDED);
  }

  /** Ends an alert that no rule judges. */
  public static Judgement end(Window window, OpenAlert previous, Reason reason) {
    return new Judgement(window, null, previous, reason);
  }

  private static OpenAlert goOn(Window window, AlertRule rule, @Nullable OpenAlert previous) {
    String condition = rule.condition().toString();
    OpenAlert begun =
        previous != null && (previous.firing() || previous.condition().equals(condition))
            ? previous
            : new OpenAlert(false, condition, window.startMillis(), window.sinceVersion(), "", "");
    return new OpenAlert(
        begun.firing() || window.endMillis() - begun.sinceMillis() >= rule.forMillis(),
        condition,
        begun.sinceMillis(),
        Math.min(begun.sinceVersion(), window.sinceVersion()),
        rule.severity(),
        rule.labels());
  }

  private State before() {
    return previous == null ? State.INACTIVE : previous.state();
  }

  private State after() {
    return alert == null ? State.RESOLVED : alert.state();
  }

  /** Whether the alert became something else. */
  public boolean isTransition() {
    return !(alert == null && previous == null) && before() != after();
  }

  /**
   * The row of a transition.
   *
   * @param value what was compared
   * @param version in force
   */
  public Alert transition(String rule, Series series, double value, long version) {
    OpenAlert told = alert == null ? Objects.requireNonNull(previous) : alert;
    return new Alert(
        window.endMillis(),
        rule,
        series,
        after(),
        before(),
        reason,
        told.condition(),
        value,
        told.severity(),
        told.labels(),
        told.sinceMillis(),
        version,
        told.sinceVersion());
  }
}
