package io.weir.jobs.analytics;

import io.weir.jobs.routing.Exchange;
import io.weir.jobs.routing.RoutingRules;
import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.InvalidConfigurationException;

/**
 * How rows go to their receivers, in an {@link AnalyticsRules} document.
 *
 * @param exchange that the rules are for
 */
record RoutingType(Exchange exchange) implements ConfigurationType<RoutingRules> {

  @Override
  public String schema() {
    return AnalyticsRules.schema();
  }

  @Override
  public RoutingRules decode(String document) throws InvalidConfigurationException {
    RoutingRules rules = AnalyticsRules.read(document).routing();
    exchange.check(rules);
    return rules;
  }
}
