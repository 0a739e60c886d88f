package io.weir.jobs.routing;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.routing.RoutingTable;

/** The table of a job's exchange by row. */
record TableType(ConfigurationType<RoutingRules> rules) implements ConfigurationType<RoutingTable> {

  @Override
  public String schema() {
    return rules.schema();
  }

  @Override
  public RoutingTable decode(String document) throws InvalidConfigurationException {
    return rules.decode(document).table();
  }
}
