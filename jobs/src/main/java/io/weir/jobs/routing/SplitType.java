package io.weir.jobs.routing;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.routing.split.KeySplit;

/** Whether the groups of a job's exchange by group are split. */
record SplitType(ConfigurationType<RoutingRules> rules) implements ConfigurationType<KeySplit> {

  @Override
  public String schema() {
    return rules.schema();
  }

  @Override
  public KeySplit decode(String document) throws InvalidConfigurationException {
    return rules.decode(document).split();
  }
}
