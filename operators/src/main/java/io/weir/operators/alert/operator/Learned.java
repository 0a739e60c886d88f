package io.weir.operators.alert.operator;

import io.weir.operators.alert.rule.AlertRule;
import io.weir.operators.alert.rule.Condition;
import io.weir.operators.alert.rule.Condition.Measure;
import io.weir.operators.alert.rule.Metric;
import io.weir.operators.anomaly.AnomalyDetector;
import io.weir.operators.anomaly.AnomalyDetectorSerializer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What was learned of a series, metric by metric: only where a rule asks for it, from when it first
 * did. Takes {@link AnomalyDetector#STATE_BYTES} for a metric that is scored, and half a kilobyte
 * for one that is compared with its recent values.
 */
final class Learned {

  private static final int METRICS = Metric.values().length;
  private static final int MEASURES = Measure.values().length;

  private final MapState<String, double[]> recent;
  private final MapState<String, AnomalyDetector> detectors;
  // Of the window whose turn it is, by metric and measure.
  private final double[] measured = new double[METRICS * MEASURES];
  private final boolean[] isMeasured = new boolean[METRICS * MEASURES];
  private double[] values = Metric.ofEmptyWindow();

  Learned(RuntimeContext context) {
    recent =
        context.getMapState(
            new MapStateDescriptor<>(
                "recent", Types.STRING, PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO));
    detectors =
        context.getMapState(
            new MapStateDescriptor<>("detectors", Types.STRING, AnomalyDetectorSerializer.TYPE));
  }

  /** Begins the next window of the series whose turn it is. */
  void next(double[] metrics) {
    values = metrics;
    Arrays.fill(isMeasured, false);
  }

  /** Measures a metric of the window by those before it; at the first time, learns it, too. */
  double measure(Condition condition) throws Exception {
    Metric metric = condition.metric();
    int place = place(metric, condition.measure());
    if (!isMeasured[place]) {
      learn(metric, condition.measure(), values[metric.place()]);
    }
    return measured[place];
  }

  private static int place(Metric metric, Measure measure) {
    return metric.place() * MEASURES + measure.place();
  }

  private void set(Metric metric, Measure measure, double value) {
    int place = place(metric, measure);
    measured[place] = value;
    isMeasured[place] = true;
  }

  private void learn(Metric metric, Measure measure, double value) throws Exception {
    switch (measure) {
      case VALUE -> set(metric, measure, value);
      case TIMES_USUAL, TIMES_HIGH -> compareWithRecent(metric, value);
      case ANOMALY_SCORE -> set(metric, measure, score(metric, value));
    }
  }

  private void compareWithRecent(Metric metric, double value) throws Exception {
    if (Double.isNaN(value)) {
      // Nothing to compare, and nothing to learn.
      set(metric, Measure.TIMES_USUAL, Double.NaN);
      set(metric, Measure.TIMES_HIGH, Double.NaN);
      return;
    }
    double[] known = recent.get(metric.name());
    double[] state = known == null ? RecentValues.start() : known;
    RecentValues lately = RecentValues.of(state);
    set(metric, Measure.TIMES_USUAL, times(value, lately.usual()));
    set(metric, Measure.TIMES_HIGH, times(value, lately.high()));
    lately.add(value);
    recent.put(metric.name(), state);
  }

  private static double times(double value, double base) {
    return base > 0 ? value / base : Double.NaN;
  }

  private double score(Metric metric, double value) throws Exception {
    AnomalyDetector known = detectors.get(metric.name());
    AnomalyDetector detector = known == null ? new AnomalyDetector() : known;
    double score = detector.score(value);
    detectors.put(metric.name(), detector);
    return Double.isNaN(value) ? Double.NaN : score;
  }

  /** Forgets what no rule asks for any more. */
  void keepOnly(Collection<AlertRule> rules) throws Exception {
    keepOnly(recent, metrics(rules, Set.of(Measure.TIMES_USUAL, Measure.TIMES_HIGH)));
    keepOnly(detectors, metrics(rules, Set.of(Measure.ANOMALY_SCORE)));
  }

  private static Set<String> metrics(Collection<AlertRule> rules, Set<Measure> measures) {
    return rules.stream()
        .filter(rule -> measures.contains(rule.condition().measure()))
        .map(rule -> rule.condition().metric().name())
        .collect(Collectors.toSet());
  }

  private static <V> void keepOnly(MapState<String, V> state, Set<String> wanted) throws Exception {
    List<String> known = new ArrayList<>();
    state.keys().forEach(known::add);
    if (wanted.isEmpty() && !known.isEmpty()) {
      state.clear();
      return;
    }
    for (String metric : known) {
      if (!wanted.contains(metric)) {
        state.remove(metric);
      }
    }
  }

  void forget() {
    recent.clear();
    detectors.clear();
  }
}
