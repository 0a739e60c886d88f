package io.weir.jobs.analytics;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.window.ListLengths;
import java.util.Set;

/**
 * The sizes of top lists in an {@link AnalyticsRules} document.
 *
 * @param lists names of the job's aggregates that are top lists
 */
record LengthsType(Set<String> lists) implements ConfigurationType<ListLengths> {

  LengthsType {
    lists = Set.copyOf(lists);
  }

  @Override
  public String schema() {
    return AnalyticsRules.schema();
  }

  @Override
  public ListLengths decode(String document) throws InvalidConfigurationException {
    AnalyticsRules rules = AnalyticsRules.read(document);
    for (String name : rules.top().keySet()) {
      if (!lists.contains(name)) {
        throw new InvalidConfigurationException(
            "top: there is no top list named " + name + "; there are " + lists);
      }
    }
    return new ListLengths(rules.top());
  }
}
