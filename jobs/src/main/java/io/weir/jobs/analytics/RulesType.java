package io.weir.jobs.analytics;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.InvalidConfigurationException;

/** Whole documents of an analytics job, checked by what each of its operators makes of them. */
record RulesType(WhereType where, LengthsType lengths)
    implements ConfigurationType<AnalyticsRules> {

  @Override
  public String schema() {
    return AnalyticsRules.schema();
  }

  @Override
  public AnalyticsRules decode(String document) throws InvalidConfigurationException {
    var condition = where.decode(document);
    var sizes = lengths.decode(document);
    var routing = where.routing().decode(document);
    return new AnalyticsRules(
        condition.map(Object::toString).orElse(null), sizes.byAggregate(), routing);
  }
}
