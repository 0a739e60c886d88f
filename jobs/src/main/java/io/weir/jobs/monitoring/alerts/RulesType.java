package io.weir.jobs.monitoring.alerts;

import io.weir.operators.alert.rule.AlertRules;
import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.window.ListLengths;

/** What the documents of a monitoring job mean to its operators. */
public final class RulesType {

  /** To those that judge. */
  public static final ConfigurationType<AlertRules> RULES = Rules.TYPE;

  /** To those that sum up: nothing, but their rows bear the version. */
  public static final ConfigurationType<ListLengths> WINDOWS = Windows.TYPE;

  private RulesType() {}

  private enum Rules implements ConfigurationType<AlertRules> {
    TYPE;

    @Override
    public String schema() {
      return RulesDocument.schema();
    }

    @Override
    public AlertRules decode(String document) throws InvalidConfigurationException {
      return RulesDocument.read(document);
    }
  }

  private enum Windows implements ConfigurationType<ListLengths> {
    TYPE;

    @Override
    public String schema() {
      return RulesDocument.schema();
    }

    @Override
    public ListLengths decode(String document) throws InvalidConfigurationException {
      var unused = RulesDocument.read(document);
      return ListLengths.DECLARED;
    }
  }
}
