package io.weir.operators.alert.rule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of a job; the value of its live configuration. */
public record AlertRules(List<AlertRule> rules) {

  public AlertRules {
    rules = List.copyOf(rules);
    Set<String> names = new HashSet<>();
    for (AlertRule rule : rules) {
      if (!names.add(rule.name())) {
        throw new IllegalArgumentException("two rules are named " + rule.name());
      }
    }
  }

  /** Those of one kind of series that look at one of some metrics. */
  public List<AlertRule> of(Scope scope, Set<Metric> metrics) {
    return rules.stream()
        .filter(rule -> rule.scope() == scope && metrics.contains(rule.condition().metric()))
        .toList();
  }
}
