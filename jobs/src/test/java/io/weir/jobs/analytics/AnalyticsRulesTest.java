package io.weir.jobs.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.operators.epoch.InvalidConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
    Map.of(
            "where: 5", "where: must be a condition, not 5",
            "top: {urls: 0}", "top: urls is 0; it is a whole number from 1 to 1000",
            "top: 3", "top: must be a mapping of names to sizes",
            "limit: 3", "must be a mapping of where and top",
            "{", "neither YAML nor JSON")
        .forEach(
            (document, message) ->
                assertThatThrownBy(() -> AnalyticsRules.read(document))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining(message));
  }

  @Test
  void hasASchemaThatKnowsEveryPartOfIt() throws Exception {
    JsonNode schema = new ObjectMapper().readTree(AnalyticsRules.schema());

    assertThat(schema.get("properties").fieldNames()).toIterable().containsExactly("where", "top");
    assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
  }
}
