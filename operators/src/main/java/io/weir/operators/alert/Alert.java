package io.weir.operators.alert;

/**
 * A transition of an alert: of a rule and a series.
 *
 * @param atMillis the end of the window that brought it
 * @param state what it is from then on
 * @param previous what it was until then
 * @param reason why, as the state alone does not say
 * @param condition of the rule that the alert was opened under, in words
 * @param value what was compared with the threshold; NaN where there was nothing to compare
 * @param labels a JSON object
 * @param sinceMillis the beginning of the first window that the condition has held in
 * @param version in force at the transition
 * @param sinceVersion the lowest one under which a record came that the alert rests on
 */
public record Alert(
    long atMillis,
    String rule,
    Series series,
    State state,
    State previous,
    Reason reason,
    String condition,
    double value,
    String severity,
    String labels,
    long sinceMillis,
    long version,
    long sinceVersion) {

  /** Of an alert's life. */
  public enum State {
    /** There is none. Never a new state: an alert that ends is resolved. */
    INACTIVE,
    /** The condition holds, but not for long enough yet. */
    PENDING,
    /** Somebody should look. */
    FIRING,
    /** It is over. */
    RESOLVED
  }

  /** Why an alert changed. */
  public enum Reason {
    /** The condition holds. */
    CONDITION_HOLDS,
    /** The condition holds no longer. */
    CONDITION_ENDED,
    /** A new version has no such rule for the series, or with another condition. */
    RULE_CHANGED,
    /** The series had no calls for so long that it was forgotten. */
    SERIES_FORGOTTEN
  }
}
