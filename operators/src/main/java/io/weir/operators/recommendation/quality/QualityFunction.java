package io.weir.operators.recommendation.quality;

import io.weir.operators.recommendation.message.Outcome;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Adds up how good lists were: in windows of event time, as metrics, and for who waits for the
 * job's end. Stands in one place, since different items can be counted only there; its state is 16
 * bytes an item and a few windows. A window's row comes when the watermark passes its end.
 *
 * <p>Of items in several open windows at a time, which only events out of order cause, some may be
 * counted as covered twice.
 */
// Flink calls initializeState and open before anything else.
@SuppressWarnings("NullAway.Init")
public final class QualityFunction extends KeyedProcessFunction<Integer, Outcome, WindowQuality>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1;

  private final long windowMillis;

  private transient ListState<QualityTotals> saved;
  private transient MapState<Long, WindowQuality> windows;
  // The window in which an item was last in a list.
  private transient MapState<Long, Long> covered;
  private transient QualityTotals totals;
  private transient QualityCounters counters;

  public QualityFunction(Duration window) {
    windowMillis = window.toMillis();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    saved =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("totals", TypeInformation.of(QualityTotals.class)));
    totals = QualityTotals.NONE;
    for (QualityTotals each : saved.get()) {
      totals = each;
    }
  }

  @Override
  public void open(OpenContext context) {
    windows =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "windows", Types.LONG, TypeInformation.of(WindowQuality.class)));
    covered =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("covered", Types.LONG, Types.LONG));
    counters = new QualityCounters(getRuntimeContext(), () -> totals);
  }

  @Override
  public void processElement(Outcome outcome, Context context, Collector<WindowQuality> out)
      throws Exception {
    long start = Math.floorDiv(outcome.timeMillis(), windowMillis) * windowMillis;
    WindowQuality known = windows.get(start);
    if (known == null) {
      context.timerService().registerEventTimeTimer(start + windowMillis - 1);
      known = WindowQuality.empty(start);
    }
    long newHere = 0;
    long newEver = 0;
    for (long item : outcome.isJudged() ? outcome.judged() : outcome.items()) {
      Long last = covered.get(item);
      if (last == null || last != start) {
        covered.put(item, start);
        newHere++;
        newEver += last == null ? 1 : 0;
      }
    }
    long latency = context.timerService().currentProcessingTime() - outcome.receivedMillis();
    windows.put(start, known.with(outcome, newHere, latency));
    counters.latency(latency);
    totals = totals.with(outcome, newEver);
    counters.show();
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<WindowQuality> out)
      throws Exception {
    long start = timestamp + 1 - windowMillis;
    WindowQuality window = windows.get(start);
    if (window != null) {
      out.collect(window);
      windows.remove(start);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    saved.update(List.of(totals));
  }
}
