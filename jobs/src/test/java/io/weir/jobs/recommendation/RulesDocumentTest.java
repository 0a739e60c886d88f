package io.weir.jobs.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.recommendation.RecommendationRules;
import io.weir.operators.recommendation.rules.Learning;
import io.weir.operators.recommendation.rules.Scoring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesDocumentTest {

  @Test
  void leavesWhatIsNotSaidAsItIsShipped() throws Exception {
    RecommendationRules rules = RulesDocument.read("{}");

    assertThat(rules.actions()).isEmpty();
    assertThat(rules.scoring()).isEqualTo(Scoring.DEFAULT);
    assertThat(rules.learning()).isEqualTo(Learning.DEFAULT);
  }

  @Test
  void readsYaml() throws Exception {
    RecommendationRules rules =
        RulesDocument.read(
            """
            actions: {view: 1, buy: 5}
            scoring: {recent: 7, popularity: 0, by-weight: true}
            learning: {half-life: 2h, doubt: 0.1, sweep: 50}
            """);

    assertThat(rules.actions()).containsEntry("buy", 5).hasSize(2);
    assertThat(rules.scoring().recent()).isEqualTo(7);
    assertThat(rules.scoring().popularity()).isZero();
    assertThat(rules.scoring().byWeight()).isTrue();
    assertThat(rules.learning().ageing().halfLifeMillis()).isEqualTo(7_200_000);
    assertThat(rules.learning().doubt()).isEqualTo(0.1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1]|the document must be a mapping",
        "{colour: red}|colour: is unknown; allowed here: actions, learning, scoring",
        "{scoring: {recnt: 1}}|scoring.recnt: is unknown",
        "{scoring: {recent: 0}}|scoring.recent: must be a whole number from 1 to 200, not 0",
        "{scoring: {similarity: much}}|scoring.similarity: must be a number",
        "{actions: {view: 0}}|actions.view: must be a whole number from 1 to 1000000",
        "{learning: {half-life: 3 weeks}}|learning.half-life: must be a whole number and",
        "{learning: {doubt: 1}}|learning.doubt: must be a number from 0.0 to 0.999",
        "{a: [|neither YAML nor JSON"
      })
  void saysWhatIsWrongAndWhatIsAllowed(String document, String message) {
    assertThatThrownBy(() -> RulesDocument.read(document))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void knowsTheKeysOfItsSchema() throws Exception {
    JsonNode schema = new ObjectMapper().readTree(RulesDocument.schema());

    for (String section : new String[] {"scoring", "learning"}) {
      for (var keys = schema.at("/properties/" + section + "/properties").fieldNames();
          keys.hasNext(); ) {
        String document = "{" + section + ": {" + keys.next() + ": []}}";
        assertThatThrownBy(() -> RulesDocument.read(document))
            .hasMessageContaining("must be")
            .hasMessageNotContaining("unknown");
      }
    }
  }
}
