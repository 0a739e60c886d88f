package io.weir.jobs.monitoring.alerts;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.weir.jobs.settings.Section;
import io.weir.operators.alert.rule.AlertRule;
import io.weir.operators.alert.rule.Condition;
import io.weir.operators.alert.rule.Condition.Comparison;
import io.weir.operators.alert.rule.Condition.Measure;
import io.weir.operators.alert.rule.Glob;
import io.weir.operators.alert.rule.Metric;
import io.weir.operators.alert.rule.Scope;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads one rule of a {@link RulesDocument}; what is returned is used only if it was right. */
final class RuleSection {

  /** How much an alert matters. */
  private enum Severity {
    INFO,
    WARNING,
    CRITICAL
  }

  private static final int LONGEST_TEXT = 200;
  private static final int MOST_LABELS = 20;
  private static final double LARGEST = 1e18;
  private static final Duration LONGEST_FOR = Duration.ofDays(7);

  private final Section rule;
  private final Scope scope;

  private RuleSection(Section rule) {
    this.rule = rule;
    scope = rule.choice("scope", Scope.class, Scope.SERVICE);
  }

  static AlertRule read(Section section) {
    return new RuleSection(section).read();
  }

  private AlertRule read() {
    return new AlertRule(
        shortText("name", rule.text("name")),
        scope,
        pattern("service"),
        patternOf("operation", Scope.OPERATION),
        patternOf("caller", Scope.EDGE),
        condition(),
        lasting(),
        rule.choice("severity", Severity.class, Severity.WARNING).name().toLowerCase(Locale.ROOT),
        labels());
  }

  private String shortText(String key, String text) {
    if (text.length() > LONGEST_TEXT) {
      rule.problem(key, "has %d characters, at most %d".formatted(text.length(), LONGEST_TEXT));
    } else if (text.isBlank() && rule.has(key)) {
      rule.problem(key, "must not be blank");
    }
    return text;
  }

  private Glob pattern(String key) {
    return rule.has(key) ? new Glob(shortText(key, rule.text(key))) : Glob.ANY;
  }

  private Glob patternOf(String key, Scope needed) {
    Glob pattern = pattern(key);
    if (rule.has(key) && scope != needed) {
      rule.problem(key, "is for scope: " + needed.name().toLowerCase(Locale.ROOT));
    }
    return pattern;
  }

  private Condition condition() {
    return new Condition(
        metric(),
        rule.choice("measure", Measure.class, Measure.VALUE),
        comparison(),
        threshold(),
        rule.integer("min-calls", 0, 0, Long.MAX_VALUE));
  }

  private Metric metric() {
    Metric metric = named("metric", Metric.values(), each -> each.name().toLowerCase(Locale.ROOT));
    if (Metric.OF_SELF_TIMES.contains(metric) && scope != Scope.SERVICE) {
      rule.problem("metric", "self_us is for scope: service");
    }
    return metric;
  }

  private Comparison comparison() {
    return named("comparison", Comparison.values(), Comparison::sign);
  }

  private <E> E named(String key, E[] all, Function<E, String> name) {
    String text = rule.text(key);
    return Arrays.stream(all)
        .filter(each -> name.apply(each).equals(text))
        .findFirst()
        .orElseGet(
            () -> {
              if (rule.isText(key)) {
                String names = Arrays.stream(all).map(name).collect(Collectors.joining(", "));
                rule.problem(key, "must be one of " + names + ", not " + text);
              }
              return all[0];
            });
  }

  private double threshold() {
    if (!rule.has("threshold")) {
      rule.problem("threshold", "is missing");
    }
    return rule.number("threshold", 0, -LARGEST, LARGEST);
  }

  private long lasting() {
    Duration lasting = rule.duration("for", Duration.ZERO);
    if (lasting.compareTo(LONGEST_FOR) > 0) {
      rule.problem("for", "must be at most 7d");
    }
    return lasting.toMillis();
  }

  /** A JSON object, its names in order, so that the same labels are the same text. */
  private String labels() {
    Map<String, String> labels = new TreeMap<>(rule.properties("labels"));
    if (labels.size() > MOST_LABELS) {
      rule.problem("labels", "there are " + labels.size() + ", at most " + MOST_LABELS);
    }
    labels.values().forEach(value -> shortText("labels", value));
    return labels.entrySet().stream()
        .map(label -> quoted(label.getKey()) + ":" + quoted(label.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
