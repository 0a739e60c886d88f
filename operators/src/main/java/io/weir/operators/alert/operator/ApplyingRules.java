package io.weir.operators.alert.operator;

import io.weir.operators.alert.Series;
import io.weir.operators.alert.rule.AlertRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules of one version that are for a series: patterns are compared once, not each window. */
final class ApplyingRules {

  private static final int MOST_SERIES = 10_000;

  private final List<AlertRule> rules;
  private final Map<Series, List<AlertRule>> bySeries = new HashMap<>();

  ApplyingRules(List<AlertRule> rules) {
    this.rules = rules;
  }

  List<AlertRule> of(Series series) {
    List<AlertRule> known = bySeries.get(series);
    if (known != null) {
      return known;
    }
    if (bySeries.size() >= MOST_SERIES) {
      bySeries.clear();
    }
    List<AlertRule> applying = applyingTo(series);
    bySeries.put(series, applying);
    return applying;
  }

  private List<AlertRule> applyingTo(Series series) {
    return rules.stream()
        .filter(rule -> rule.appliesTo(series.service(), series.operation(), series.caller()))
        .toList();
  }
}
