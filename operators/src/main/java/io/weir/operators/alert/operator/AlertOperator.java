package io.weir.operators.alert.operator;

import io.weir.operators.alert.Alert;
import io.weir.operators.alert.Alert.Reason;
import io.weir.operators.alert.Judgement;
import io.weir.operators.alert.OpenAlert;
import io.weir.operators.alert.Sample;
import io.weir.operators.alert.Series;
import io.weir.operators.alert.SeriesProgress;
import io.weir.operators.alert.Window;
import io.weir.operators.alert.rule.AlertRule;
import io.weir.operators.alert.rule.AlertRules;
import io.weir.operators.alert.rule.Metric;
import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.operator.EpochOperator;
import io.weir.operators.epoch.operator.EpochSwitch;
import io.weir.operators.epoch.stamp.Stamping;
import io.weir.operators.epoch.stamp.Stamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Judges the windows of series by the rules in force, keyed by series: each window once, in order,
 * those without calls too. Which windows there are depends on event time alone, so that the
 * transitions are the same at any parallelism and after any restore.
 *
 * <p>A sample is judged when it comes; a window without one, when the watermark passes its end:
 * samples must come before the watermark that does. One that comes later, as it can when a source
 * was idle, changes nothing and is counted in {@code lateSamples}. The watermark that ends a stream
 * judges nothing: what is open then stays open. Counter {@code fired}: alerts that began to fire.
 *
 * <p>State is kept for a series until it had no calls for {@link AlertPlan#forget}: what is open,
 * one for each rule at most, and what was {@link Learned}.
 */
// Flink calls join and open before anything else.
@SuppressWarnings("NullAway.Init")
final class AlertOperator extends AbstractStreamOperator<Alert>
    implements OneInputStreamOperator<Sample, Alert>,
        EpochOperator,
        Stamping,
        Configured<AlertRules>,
        Triggerable<Series, VoidNamespace> {

  private static final long serialVersionUID = 1;

  private final AlertPlan plan;
  private final ConfigurationType<AlertRules> type;
  private final long windowMillis;
  private final long forgetMillis;

  private transient EpochSwitch epochs;
  private transient Stamps stamps;
  private transient long version;
  private transient ApplyingRules rules;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient ValueState<SeriesProgress> progress;
  private transient MapState<String, OpenAlert> open;
  private transient Learned learned;
  private transient double[] emptyWindow;
  transient Counter lateSamples;
  private transient Counter fired;

  AlertOperator(AlertPlan plan, ConfigurationType<AlertRules> type) {
    this.plan = plan;
    this.type = type;
    windowMillis = plan.window().toMillis();
    forgetMillis = plan.forget().toMillis();
  }

  @Override
  public void join(EpochSwitch joined) {
    epochs = joined;
  }

  @Override
  public ConfigurationType<AlertRules> configurationType() {
    return type;
  }

  @Override
  public void configure(VersionedConfiguration<AlertRules> configuration) {
    version = configuration.version();
    rules = new ApplyingRules(configuration.value().of(plan.scope(), plan.metrics()));
  }

  @Override
  public void stampWith(Stamps given) {
    stamps = given;
  }

  @Override
  public void open() throws Exception {
    super.open();
    lateSamples = getMetricGroup().counter("lateSamples");
    fired = getMetricGroup().counter("fired");
    emptyWindow = Metric.ofEmptyWindow();
    timers = getInternalTimerService("windows", VoidNamespaceSerializer.INSTANCE, this);
    progress =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("progress", TypeInformation.of(SeriesProgress.class)));
    open =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "open", Types.STRING, TypeInformation.of(OpenAlert.class)));
    learned = new Learned(getRuntimeContext());
    epochs.open(this);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    super.prepareSnapshotPreBarrier(checkpoint);
    epochs.switchAt(checkpoint);
  }

  @Override
  public void processElement(StreamRecord<Sample> element) throws Exception {
    Sample sample = element.getValue();
    SeriesProgress known = progress.value();
    if (known != null && sample.endMillis() < known.nextEndMillis()) {
      lateSamples.inc();
      return;
    }
    while (known != null && known.nextEndMillis() < sample.endMillis()) {
      known = judgeEmpty(sample.series(), known);
    }
    Window window = window(sample.endMillis(), Math.min(version, sample.sinceVersion()));
    judge(sample.series(), window, sample.values(), known);
    goOn(new SeriesProgress(sample.endMillis() + windowMillis, sample.endMillis(), version));
  }

  @Override
  public void onEventTime(InternalTimer<Series, VoidNamespace> timer) throws Exception {
    SeriesProgress known = progress.value();
    // A sample may have come before the time did; its successor has a timer of its own.
    if (known == null || known.nextEndMillis() > timer.getTimestamp() + 1) {
      return;
    }
    // While a stream is caught up on, one watermark passes many windows: one timer does for them.
    while (known != null && known.nextEndMillis() <= timers.currentWatermark() + 1) {
      known = judgeEmpty(timer.getKey(), known);
    }
    if (known != null) {
      goOn(known);
    }
  }

  /**
   * Judges a window without calls; returns how far the series is then, which is yet to be kept, or
   * null if it is forgotten.
   */
  private @Nullable SeriesProgress judgeEmpty(Series series, SeriesProgress known)
      throws Exception {
    Window window = window(known.nextEndMillis(), version);
    if (window.endMillis() - known.lastCallsEndMillis() > forgetMillis) {
      forget(series, window);
      return null;
    }
    judge(series, window, emptyWindow, known);
    return new SeriesProgress(
        window.endMillis() + windowMillis, known.lastCallsEndMillis(), version);
  }

  private Window window(long endMillis, long sinceVersion) {
    return new Window(endMillis - windowMillis, endMillis, sinceVersion);
  }

  private void goOn(SeriesProgress next) throws Exception {
    progress.update(next);
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, next.nextEndMillis() - 1);
  }

  private void judge(Series series, Window window, double[] values, @Nullable SeriesProgress known)
      throws Exception {
    if (plan.stamped()) {
      stamps.stamp("alerts " + plan.title() + " " + series + "@" + window.endMillis(), version);
    }
    List<AlertRule> applying = rules.of(series);
    if (known != null && known.version() != version) {
      learned.keepOnly(applying);
      endOthers(series, window, applying);
    }
    learned.next(values);
    boolean anyOpen = !open.isEmpty();
    for (AlertRule rule : applying) {
      double value = learned.measure(rule.condition());
      boolean holds = rule.condition().holds(value, values[Metric.CALLS.place()]);
      OpenAlert previous = anyOpen ? open.get(rule.name()) : null;
      // Mostly nothing is wrong, and nothing was.
      if (holds || previous != null) {
        take(series, rule.name(), value, Judgement.of(window, rule, holds, previous));
      }
    }
  }

  /** Ends what was opened by rules that are gone. */
  private void endOthers(Series series, Window window, List<AlertRule> applying) throws Exception {
    List<String> names = applying.stream().map(AlertRule::name).toList();
    for (Map.Entry<String, OpenAlert> alert : openAlerts()) {
      if (!names.contains(alert.getKey())) {
        take(series, alert, Judgement.end(window, alert.getValue(), Reason.RULE_CHANGED));
      }
    }
  }

  private void forget(Series series, Window window) throws Exception {
    for (Map.Entry<String, OpenAlert> alert : openAlerts()) {
      take(series, alert, Judgement.end(window, alert.getValue(), Reason.SERIES_FORGOTTEN));
    }
    open.clear();
    learned.forget();
    progress.clear();
  }

  /** Those of the series, in the order of their rules' names, whatever keeps them. */
  private List<Map.Entry<String, OpenAlert>> openAlerts() throws Exception {
    List<Map.Entry<String, OpenAlert>> alerts = new ArrayList<>();
    for (Map.Entry<String, OpenAlert> alert : open.entries()) {
      alerts.add(Map.entry(alert.getKey(), alert.getValue()));
    }
    alerts.sort(Map.Entry.comparingByKey());
    return alerts;
  }

  private void take(Series series, Map.Entry<String, OpenAlert> alert, Judgement judgement)
      throws Exception {
    take(series, alert.getKey(), Double.NaN, judgement);
  }

  private void take(Series series, String rule, double value, Judgement judgement)
      throws Exception {
    if (judgement.alert() != null) {
      open.put(rule, judgement.alert());
    } else if (judgement.previous() != null) {
      open.remove(rule);
    }
    if (judgement.isTransition()) {
      Alert alert = judgement.transition(rule, series, value, version);
      fired.inc(alert.state() == Alert.State.FIRING ? 1 : 0);
      output.collect(new StreamRecord<>(alert, alert.atMillis() - 1));
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      output.emitWatermark(mark);
    } else {
      super.processWatermark(mark);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<Series, VoidNamespace> timer) {
    throw new IllegalStateException("no such timer is ever set");
  }
}
