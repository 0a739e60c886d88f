package io.weir.jobs.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnalyticsRulesTest {

  @Test
  void readsConditionAndSizesFromYamlAndJson() {
    AnalyticsRules rules = new AnalyticsRules("status < 500", Map.of("urls", 3));

    assertThat(AnalyticsRules.read("where: status < 500\ntop: {urls: 3}")).isEqualTo(rules);
    assertThat(AnalyticsRules.read("{\"top\": {\"urls\": 3}, \"where\": \"status < 500\"}"))
        .isEqualTo(rules);
  }

  @Test
  void readsADocumentThatSaysNothing() {
    assertThat(AnalyticsRules.read("{}")).isEqualTo(new AnalyticsRules(null, Map.of()));
  }

  @Test
  void hasASchemaThatKnowsEveryPartOfIt() throws Exception {
    JsonNode schema = new ObjectMapper().readTree(AnalyticsRules.schema());

    assertThat(schema.get("properties").fieldNames()).toIterable().containsExactly("where", "top");
    assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
  }
}
