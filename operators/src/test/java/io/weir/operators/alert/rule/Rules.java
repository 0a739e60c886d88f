package io.weir.operators.alert.rule;

import io.weir.operators.alert.rule.Condition.Comparison;
import io.weir.operators.alert.rule.Condition.Measure;
import io.weir.operators.epoch.ConfigurationType;
import java.util.Arrays;

/** Rules for the tests. */
public final class Rules {

  public static final long MINUTE = 60_000;

  private Rules() {}

  /** More than so many calls, for so many minutes. */
  public static AlertRule manyCalls(long threshold, long minutes) {
    return rule("busy", Measure.VALUE, Comparison.ABOVE, (double) threshold, minutes);
  }

  /** A rule on the calls of every service. */
  public static AlertRule rule(
      String name, Measure measure, Comparison comparison, double threshold, long minutes) {
    return new AlertRule(
        name,
        Scope.SERVICE,
        Glob.ANY,
        Glob.ANY,
        Glob.ANY,
        new Condition(Metric.CALLS, measure, comparison, threshold, 0),
        minutes * MINUTE,
        "warning",
        "{}");
  }

  public static AlertRule on(String service, AlertRule rule) {
    return new AlertRule(
        rule.name(),
        rule.scope(),
        new Glob(service),
        rule.operation(),
        rule.caller(),
        rule.condition(),
        rule.forMillis(),
        rule.severity(),
        rule.labels());
  }

  public static AlertRule withSeverity(String severity, AlertRule rule) {
    return new AlertRule(
        rule.name(),
        rule.scope(),
        rule.service(),
        rule.operation(),
        rule.caller(),
        rule.condition(),
        rule.forMillis(),
        severity,
        "{\"team\":\"" + severity + "\"}");
  }

  public static AlertRules of(AlertRule... rules) {
    return new AlertRules(Arrays.asList(rules));
  }

  /** Documents are {@code calls > 3 for 2}, one on each line. */
  public enum Type implements ConfigurationType<AlertRules> {
    INSTANCE;

    @Override
    public String schema() {
      return "{\"type\": \"string\"}";
    }

    @Override
    public AlertRules decode(String document) {
      return new AlertRules(document.lines().map(Type::rule).toList());
    }

    private static AlertRule rule(String line) {
      String[] words = line.split(" ", -1);
      return manyCalls(Long.parseLong(words[2]), Long.parseLong(words[4]));
    }
  }
}
