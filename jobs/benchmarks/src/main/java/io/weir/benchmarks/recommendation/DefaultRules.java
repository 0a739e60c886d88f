package io.weir.benchmarks.recommendation;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.recommendation.RecommendationRules;
import io.weir.operators.recommendation.rules.Learning;
import io.weir.operators.recommendation.rules.Scoring;
import java.util.Map;

/** What is shipped, whatever the document. */
enum DefaultRules implements ConfigurationType<RecommendationRules> {
  INSTANCE;

  @Override
  public String schema() {
    return "{}";
  }

  @Override
  public RecommendationRules decode(String document) {
    return new RecommendationRules(Map.of(), Scoring.DEFAULT, Learning.DEFAULT);
  }
}
