package io.weir.jobs.monitoring.alerts;

import io.weir.jobs.settings.InvalidSettingsException;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import io.weir.operators.alert.rule.AlertRule;
import io.weir.operators.alert.rule.AlertRules;
import io.weir.operators.epoch.InvalidConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Documents of the monitoring job's live configuration:
 *
 * <pre>
 * rules:
 *   - name: slow
 *     service: shop-*
 *     metric: p95_us
 *     measure: times-usual
 *     comparison: "&gt;"
 *     threshold: 3
 *     for: 2min
 * </pre>
 *
 * <p>The store checks them by {@link #schema()}; this reads them without it, and finds the same
 * mistakes and those that a schema cannot tell.
 */
public final class RulesDocument {

  private static final int MOST_RULES = 200;
  private static final String SCHEMA = "monitoring-rules.schema.json";
  private static final String DEFAULTS = "default-rules.yaml";

  private RulesDocument() {}

  /** The JSON Schema (draft 2020-12) of a document. */
  public static String schema() {
    return resource(SCHEMA);
  }

  /** The rules of a job that is given none. */
  public static String defaults() {
    return resource(DEFAULTS);
  }

  private static String resource(String name) {
    try (InputStream in = RulesDocument.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a document.
   *
   * @param document YAML or JSON
   * @throws InvalidConfigurationException with all mistakes, if there are any
   */
  public static AlertRules read(String document) throws InvalidConfigurationException {
    Problems problems = new Problems();
    // A document means the same everywhere: it knows no variables.
    Section root = new SettingsFile(problems, name -> null).readText(document, "rules");
    List<AlertRule> rules = rules(root);
    root.done();
    try {
      problems.throwIfAny();
    } catch (InvalidSettingsException e) {
      throw new InvalidConfigurationException(String.join("; ", e.problems()), e);
    }
    return new AlertRules(rules);
  }

  private static List<AlertRule> rules(Section root) {
    List<AlertRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section section : root.sections("rules")) {
      AlertRule rule = RuleSection.read(section);
      if (!names.add(rule.name())) {
        section.problem("name", "a rule before is named " + rule.name() + ", too");
      }
      section.done();
      rules.add(rule);
    }
    if (!root.has("rules")) {
      root.problem("rules", "is missing; [] is none");
    }
    if (rules.size() > MOST_RULES) {
      root.problem("rules", "there are " + rules.size() + ", at most " + MOST_RULES);
    }
    return rules;
  }
}
