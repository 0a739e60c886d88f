package io.weir.operators.newest;

import java.util.List;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * The gauges of one group, which are there while it has a row in the newest window. Shown and
 * hidden by the task's thread, read by those of reporters.
 */
final class ShownGroup {

  private final MetricGroup table;
  private final NewestWindow newest;
  private final List<String> labels;
  private @Nullable AbstractMetricGroup<?> gauges;
  private volatile Figures figures = new Figures(0, 0, new long[0], 0);

  ShownGroup(MetricGroup table, NewestWindow newest, List<String> labels) {
    this.table = table;
    this.newest = newest;
    this.labels = labels;
  }

  /** What reporters see from now on. */
  void take(Figures latest) {
    figures = latest;
  }

  /**
   * Shows or hides the gauges.
   *
   * @param newestEnd of the newest window; who has nothing in it is hidden
   */
  void refresh(long newestEnd) {
    boolean isNewest = figures.endMillis() >= newestEnd;
    if (isNewest && gauges == null) {
      gauges = register();
    } else if (!isNewest && gauges != null) {
      // There is no public way to it: a metric is unregistered with its group only.
      gauges.close();
      gauges = null;
    }
  }

  private AbstractMetricGroup<?> register() {
    MetricGroup group = table;
    for (int i = 0; i < labels.size(); i++) {
      group = group.addGroup(newest.groupBy().get(i), labels.get(i));
    }
    group.<Double, Gauge<Double>>gauge("window_start", () -> figures.startSeconds());
    for (int i = 0; i < newest.measures().size(); i++) {
      int measure = i;
      group.<Double, Gauge<Double>>gauge(newest.measures().get(i), () -> figures.number(measure));
    }
    return (AbstractMetricGroup<?>) group;
  }
}
