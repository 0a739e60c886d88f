package io.weir.jobs.monitoring.alerts;

import io.weir.operators.alert.rule.AlertRule;
import io.weir.operators.alert.rule.AlertRules;
import io.weir.operators.alert.rule.Metric;
import io.weir.operators.alert.rule.Scope;
import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.trace.self.AskedServices;
import io.weir.operators.window.ListLengths;
import java.util.List;

/** What the documents of a monitoring job mean to its operators. */
public final class RulesType {

  /** To those that judge. */
  public static final ConfigurationType<AlertRules> RULES = Rules.TYPE;

  /** To those that sum up: nothing, but their rows bear the version. */
  public static final ConfigurationType<ListLengths> WINDOWS = Windows.TYPE;

  /** To those that tell self times: the services for which a rule asks for them. */
  public static final ConfigurationType<AskedServices> SELF_TIMES = SelfTimes.ASKED;

  /** The same, where nobody could tell them. */
  public static final ConfigurationType<AskedServices> NO_SELF_TIMES = SelfTimes.NONE;

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

  private enum SelfTimes implements ConfigurationType<AskedServices> {
    ASKED,
    NONE;

    @Override
    public String schema() {
      return RulesDocument.schema();
    }

    @Override
    public AskedServices decode(String document) throws InvalidConfigurationException {
      AlertRules rules = RulesDocument.read(document);
      return this == ASKED ? asked(rules) : AskedServices.NONE;
    }

    private static AskedServices asked(AlertRules rules) {
      List<AlertRule> asking = rules.of(Scope.SERVICE, Metric.OF_SELF_TIMES);
      return new AskedServices(asking.stream().map(AlertRule::service).distinct().toList());
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
