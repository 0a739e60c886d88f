package io.weir.jobs.monitoring.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.operators.alert.rule.AlertRule;
import io.weir.operators.alert.rule.AlertRules;
import io.weir.operators.alert.rule.Condition;
import io.weir.operators.alert.rule.Condition.Comparison;
import io.weir.operators.alert.rule.Condition.Measure;
import io.weir.operators.alert.rule.Glob;
import io.weir.operators.alert.rule.Metric;
import io.weir.operators.alert.rule.Scope;
import io.weir.operators.epoch.InvalidConfigurationException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesDocumentTest {

  private static final String LEAST = "name: r, metric: calls, comparison: '>', threshold: 3";

  @Test
  void readsEveryKey() throws Exception {
    String document =
        """
        rules:
          - name: slow
            scope: edge
            service: shop-*
            caller: web
            metric: p95_us
            measure: times-high
            comparison: ">="
            threshold: 2.5
            min-calls: 20
            for: 3min
            severity: critical
            labels: {team: "a \\"b\\"", area: 7}
        """;

    AlertRules rules = RulesDocument.read(document);

    assertThat(rules.rules())
        .containsExactly(
            new AlertRule(
                "slow",
                Scope.EDGE,
                new Glob("shop-*"),
                Glob.ANY,
                new Glob("web"),
                new Condition(Metric.P95_US, Measure.TIMES_HIGH, Comparison.AT_LEAST, 2.5, 20),
                180_000,
                "critical",
                "{\"area\":\"7\",\"team\":\"a \\\"b\\\"\"}"));
    assertThat(rules.rules().get(0).condition())
        .hasToString("p95_us times-high >= 2.5, of at least 20 calls");
  }

  @Test
  void mostKeysMayBeLeftOut() throws Exception {
    AlertRules rules = RulesDocument.read("{\"rules\": [{" + LEAST.replace('\'', '"') + "}]}");

    assertThat(rules.rules())
        .containsExactly(
            new AlertRule(
                "r",
                Scope.SERVICE,
                Glob.ANY,
                Glob.ANY,
                Glob.ANY,
                new Condition(Metric.CALLS, Measure.VALUE, Comparison.ABOVE, 3, 0),
                0,
                "warning",
                "{}"));
    assertThat(RulesDocument.read("rules: []").rules()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | rules: is missing; [] is none",
        "[1] | must be a mapping of keys to values",
        "'{' | not YAML",
        "{rules: [], limit: 3} | limit: ",
        "{rules: [{}]} | name: is missing",
        "{rules: [{}]} | metric: is missing",
        "{rules: [{}]} | threshold: is missing",
        "{rules: [{@, for: long}]} | for: must be a duration",
        "{rules: [{@, for: 8d}]} | for: must be at most 7d",
        "{rules: [{@, severity: bad}]} | severity: must be one of info, warning, critical",
        "{rules: [{@, measure: half}]} | measure: must be one of value, times-usual, times-high,"
            + " anomaly-score",
        "{rules: [{@, caller: web}]} | caller: is for scope: edge",
        "{rules: [{@, operation: web}]} | operation: is for scope: operation",
        "{rules: [{name: r, scope: edge, metric: self_us, comparison: '>', threshold: 3}]} | metric:"
            + " self_us is for scope: service",
        "{rules: [{@, min-calls: -1}]} | min-calls: must be a whole number from 0",
        "{rules: [{@, service: ''}]} | service: must not be blank",
        "{rules: [{@, colour: red}]} | colour: ",
        "{rules: [{@}, {@}]} | name: a rule before is named r, too",
        "{rules: [{name: r, metric: p42, comparison: '>', threshold: 3}]} | metric: must be one of"
            + " calls, errors, error_rate,",
        "{rules: [{name: r, metric: calls, comparison: is, threshold: 3}]} | comparison: must be one"
            + " of >, >=, <, <=, not is",
        "{rules: [{name: r, metric: calls, comparison: '>', threshold: much}]} | threshold: must be"
            + " a number"
      })
  void aMistakeIsToldWithItsKey(String document, String message) {
    String whole = document.replace("@", LEAST);

    assertThatThrownBy(() -> RulesDocument.read(whole))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void tellsAllMistakesAndTheirLines() {
    String document = "rules:\n  - name: r\n    metric: calls\n    comparison: '!'\n";

    assertThatThrownBy(() -> RulesDocument.read(document))
        .hasMessageContaining("rules:4: ")
        .hasMessageContaining("comparison: must be one of")
        .hasMessageContaining("threshold: is missing");
  }

  @Test
  void theRulesThatShipCanBeRead() throws Exception {
    assertThat(RulesDocument.read(RulesDocument.defaults()).rules())
        .extracting(AlertRule::name)
        .containsExactly("errors", "failing", "slow-itself", "slow", "slow-tail", "strange-tail");
  }

  @Test
  void theSchemaKnowsTheSameNames() throws Exception {
    JsonNode rule =
        new ObjectMapper().readTree(RulesDocument.schema()).at("/properties/rules/items");

    assertThat(names(rule.at("/properties/metric/enum"))).hasSize(Metric.values().length);
    assertThat(names(rule.at("/properties/measure/enum"))).hasSize(Measure.values().length);
    assertThat(names(rule.at("/properties/comparison/enum"))).hasSize(Comparison.values().length);
    for (String metric : names(rule.at("/properties/metric/enum"))) {
      for (String measure : names(rule.at("/properties/measure/enum"))) {
        String document =
            "rules: [{name: r, metric: %s, measure: %s, comparison: '<', threshold: 1}]";
        assertThat(RulesDocument.read(document.formatted(metric, measure)).rules()).hasSize(1);
      }
    }
    assertThat(rule.get("additionalProperties").asBoolean()).isFalse();
  }

  private static List<String> names(JsonNode array) {
    List<String> names = new ArrayList<>();
    array.forEach(name -> names.add(name.asText()));
    return names;
  }
}
