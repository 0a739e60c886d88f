package io.weir.jobs.recommendation;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.recommendation.RecommendationRules;

/** Documents of a recommendation job. */
enum RulesType implements ConfigurationType<RecommendationRules> {
  INSTANCE;

  @Override
  public String schema() {
    return RulesDocument.schema();
  }

  @Override
  public RecommendationRules decode(String document) throws InvalidConfigurationException {
    return RulesDocument.read(document);
  }
}
