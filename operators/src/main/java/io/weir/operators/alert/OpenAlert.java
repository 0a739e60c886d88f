package io.weir.operators.alert;

/**
 * An alert that is pending or firing. Public for Flink, which writes it.
 *
 * @param firing otherwise it is pending
 * @param condition that it was last judged by, in words
 * @param sinceMillis the beginning of the first window that the condition has held in
 * @param sinceVersion the lowest version under which a record came that it rests on
 * @param severity and labels of the rule that it was last judged by: they outlive the rule
 */
public record OpenAlert(
    boolean firing,
    String condition,
    long sinceMillis,
    long sinceVersion,
    String severity,
    String labels) {

  Alert.State state() {
    return firing ? Alert.State.FIRING : Alert.State.PENDING;
  }
}
