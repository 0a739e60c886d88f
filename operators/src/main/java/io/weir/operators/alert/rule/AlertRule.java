package io.weir.operators.alert.rule;

/**
 * What is looked for, where, and who is told.
 *
 * @param name unique among the rules: with the series, it says which alert is meant
 * @param scope the kind of series that is judged
 * @param service names of services; of called ones, where series are edges
 * @param operation names of spans, where series are operations
 * @param caller names of calling services, where series are edges
 * @param condition what is wrong with a window
 * @param forMillis for how long the condition holds before the alert fires, beginning with the
 *     first window's start: up to the length of a window, it fires at once
 * @param severity how much it matters
 * @param labels a JSON object that goes with the alert
 */
public record AlertRule(
    String name,
    Scope scope,
    Glob service,
    Glob operation,
    Glob caller,
    Condition condition,
    long forMillis,
    String severity,
    String labels) {

  /** Whether the names of a series, which are empty where it has none, are the ones meant. */
  public boolean appliesTo(String itsService, String itsOperation, String itsCaller) {
    return service.matches(itsService)
        && operation.matches(itsOperation)
        && caller.matches(itsCaller);
  }
}
