package io.weir.jobs.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.routing.Exchange;
import io.weir.jobs.routing.RoutingRules;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.routing.Strategy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalyticsRulesTest {

  @Test
  void readsConditionAndSizesFromYamlAndJson() throws Exception {
    AnalyticsRules rules = new AnalyticsRules("status < 500", Map.of("urls", 3));

    assertThat(AnalyticsRules.read("where: status < 500\ntop: {urls: 3}")).isEqualTo(rules);
    assertThat(AnalyticsRules.read("{\"top\": {\"urls\": 3}, \"where\": \"status < 500\"}"))
        .isEqualTo(rules);
  }

  @Test
  void readsADocumentThatSaysNothing() throws Exception {
    assertThat(AnalyticsRules.read("{}")).isEqualTo(new AnalyticsRules(null, Map.of()));
  }

  @Test
  void saysWhatIsWrong() {
    mistakes(
            "where: 5", "where: must be a condition, not 5",
            "top: {urls: 0}", "top: urls is 0; it is a whole number from 1 to 1000",
            "top: 3", "top: must be a mapping of names to sizes",
            "routing: fast",
                "routing: must be a mapping of strategy, weights, draws and split-keys",
            "routing: {speed: 3}", "routing: must be a mapping of strategy,",
            "routing: {strategy: 3}", "routing.strategy: must be a name, not 3",
            "routing: {weights: [1, two]}", "routing.weights: must be a list of whole numbers",
            "routing: {weights: 1}", "one for each receiver, not 1",
            "routing: {split-keys: 1}", "routing.split-keys: must be true or false, not 1",
            "routing: {~: 3}", "routing: must be a mapping of strategy,",
            "~: 3", "must be a mapping of where, top and routing",
            "limit: 3", "must be a mapping of where, top and routing",
            "{", "neither YAML nor JSON")
        .forEach(
            (document, message) ->
                assertThatThrownBy(() -> AnalyticsRules.read(document))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining(message));
  }

  private static Map<String, String> mistakes(String... documentsAndMessages) {
    Map<String, String> mistakes = new LinkedHashMap<>();
    for (int i = 0; i < documentsAndMessages.length; i += 2) {
      mistakes.put(documentsAndMessages[i], documentsAndMessages[i + 1]);
    }
    return mistakes;
  }

  @Test
  void readsHowRowsGoToTheirReceivers() throws Exception {
    RoutingRules byRow = new RoutingRules("least-backlog", List.of(1, 0, 3), 4, null);
    RoutingRules byGroup = new RoutingRules(null, List.of(), null, true);

    assertThat(routing("{strategy: least-backlog, weights: [1, 0, 3], draws: 4}")).isEqualTo(byRow);
    assertThat(routing("{split-keys: true}")).isEqualTo(byGroup);
    for (RoutingRules rules : List.of(byRow, byGroup)) {
      assertThat(AnalyticsRules.read("{" + rules.json() + "}").routing()).isEqualTo(rules);
    }
  }

  private static RoutingRules routing(String rules) throws Exception {
    return AnalyticsRules.read("routing: " + rules).routing();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NONE | {strategy: random} | there is no exchange to be routed; the job's settings make one",
        "ROW | {split-keys: false} | split-keys is for by: group; the settings say by: row",
        "ROW | {strategy: fastest} | no routing strategy 'fastest'; there are random, weighted-random,",
        "ROW | {strategy: random, weights: [0, 0]} | all weights are 0, so no receiver is left",
        "ROW | {weights: [1, 2]} | weights and draws go with a strategy, and none is given",
        "GROUP | {strategy: random} | strategy, weights and draws are for by: row; the settings say"
      })
  void areRefusedWhereTheJobsExchangeCannotWorkByThem(
      Exchange exchange, String rules, String mistake) {
    assertThatThrownBy(() -> new RoutingType(exchange).decode("routing: " + rules))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageStartingWith("routing: " + mistake);
  }

  @Test
  void hasASchemaThatKnowsEveryStrategy() throws Exception {
    JsonNode names =
        new ObjectMapper()
            .readTree(AnalyticsRules.schema())
            .at("/properties/routing/properties/strategy/enum");

    assertThat(names)
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(Arrays.stream(Strategy.values()).map(Strategy::label).toList());
  }

  @Test
  void hasASchemaThatKnowsEveryPartOfIt() throws Exception {
    JsonNode schema = new ObjectMapper().readTree(AnalyticsRules.schema());

    assertThat(schema.get("properties").fieldNames())
        .toIterable()
        .containsExactly("where", "top", "routing");
    assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
  }
}
