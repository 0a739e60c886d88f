package io.weir.operators.recommendation.quality;

import io.weir.operators.epoch.metrics.RecentHistogram;
import java.util.function.Supplier;
import org.apache.flink.api.common.accumulators.DoubleCounter;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/**
 * Shows totals as metrics, and as accumulators, which a job hands over when it ends. Accumulators
 * begin anew with each attempt of a job, so that they are set, not added to.
 */
final class QualityCounters {

  private final Supplier<QualityTotals> totals;
  private final LongCounter events = new LongCounter();
  private final LongCounter pairs = new LongCounter();
  private final LongCounter evaluated = new LongCounter();
  private final LongCounter hits = new LongCounter();
  private final LongCounter covered = new LongCounter();
  private final LongCounter subtasks = new LongCounter();
  private final DoubleCounter gains = new DoubleCounter();
  private final Histogram latencies;

  QualityCounters(RuntimeContext context, Supplier<QualityTotals> totals) {
    this.totals = totals;
    context.addAccumulator(RecommendationTotals.EVENTS, events);
    context.addAccumulator(RecommendationTotals.PAIRS, pairs);
    context.addAccumulator(RecommendationTotals.EVALUATED, evaluated);
    context.addAccumulator(RecommendationTotals.HITS, hits);
    context.addAccumulator(RecommendationTotals.COVERED, covered);
    context.addAccumulator(RecommendationTotals.SUBTASKS, subtasks);
    context.addAccumulator(RecommendationTotals.GAINS, gains);
    MetricGroup group = context.getMetricGroup();
    group.gauge("hr10", (Gauge<Double>) () -> totals.get().quality().hitRate());
    group.gauge("ndcg10", (Gauge<Double>) () -> totals.get().quality().gain());
    group.gauge("evaluated", (Gauge<Long>) () -> totals.get().evaluated());
    group.gauge("coveredItems", (Gauge<Long>) () -> totals.get().covered());
    latencies = group.histogram("latencyMillis", new RecentHistogram());
    show();
  }

  void latency(long millis) {
    latencies.update(millis);
  }

  void show() {
    QualityTotals now = totals.get();
    set(events, now.events());
    set(pairs, now.pairs());
    set(evaluated, now.evaluated());
    set(hits, now.hits());
    set(covered, now.covered());
    set(subtasks, now.subtasks());
    gains.resetLocal();
    gains.add(now.gains());
  }

  private static void set(LongCounter counter, long value) {
    counter.resetLocal();
    counter.add(value);
  }
}
