package io.weir.operators.intake;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskIOMetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.util.PausableRelativeClock;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Runs a {@link Gate} behind its source: emits values with timestamps, watermarks, and dead letters
 * on the side. Upstream watermarks count for nothing, but for the one that ends the stream.
 *
 * <p>Has no state: each clock arrives with its origin's mark and is kept by the source, together
 * with the origin's position. The gate must be chained to the source for that.
 *
 * @param <T> the decoded values
 */
final class GateOperator<T> extends AbstractStreamOperator<T>
    implements OneInputStreamOperator<RawRecord, T>,
        BoundedOneInput,
        ProcessingTimeCallback,
        Gate.Out<T> {

  private static final long serialVersionUID = 1;

  private final Decoder<T> decoder;
  private final OutputTag<DeadLetter> deadLetters;
  private final Gate<T> gate;
  private final PausableRelativeClock activity;
  private final Map<String, Counter> refusals;
  private final StreamRecord<T> reused = new StreamRecord<>(null);
  private final long tickMillis;
  private long watermark = Gate.NO_WATERMARK;
  private boolean idle;

  GateOperator(
      StreamOperatorParameters<T> parameters,
      Decoder<T> decoder,
      TimeLimits limits,
      OutputTag<DeadLetter> deadLetters) {
    super(parameters);
    this.decoder = decoder;
    this.deadLetters = deadLetters;
    activity = new PausableRelativeClock(getProcessingTimeService().getClock());
    gate = new Gate<>(decoder, limits, this, activity.relativeTimeMillis());
    refusals = counters(getMetricGroup().addGroup("deadLetters"));
    tickMillis = Math.max(1, getExecutionConfig().getAutoWatermarkInterval());
  }

  private static Map<String, Counter> counters(MetricGroup group) {
    Map<String, Counter> counters = new HashMap<>();
    for (DeadLetter.Reason reason : DeadLetter.Reason.values()) {
      counters.put(reason.label(), group.counter(reason.label()));
    }
    return counters;
  }

  @Override
  public void open() throws Exception {
    super.open();
    decoder.open();
    ioMetrics().registerBackPressureListener(activity);
    scheduleTick();
  }

  private TaskIOMetricGroup ioMetrics() {
    return getContainingTask().getEnvironment().getMetricGroup().getIOMetricGroup();
  }

  private void scheduleTick() {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    var unused = getProcessingTimeService().registerTimer(now + tickMillis, this);
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) {
    gate.accept(element.getValue());
  }

  @Override
  public void onProcessingTime(long timestamp) {
    gate.tick(activity.relativeTimeMillis());
    tellTime();
    scheduleTick();
  }

  private void tellTime() {
    if (gate.isIdle() != idle) {
      idle = !idle;
      output.emitWatermarkStatus(idle ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE);
    }
    long advanced = gate.advanceWatermark();
    if (!idle && advanced > watermark) {
      watermark = advanced;
      output.emitWatermark(new Watermark(advanced));
    }
  }

  @Override
  public void processWatermark(Watermark mark) {
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      // Comes before endInput: what is held back must be out before windows close for good.
      gate.finish();
      wakeUp();
      output.emitWatermark(mark);
    }
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // The gate alone knows which of its origins are idle.
  }

  @Override
  public void endInput() {
    gate.finish();
  }

  @Override
  public void value(T value, long timeMillis) {
    wakeUp();
    output.collect(reused.replace(value, timeMillis));
  }

  private void wakeUp() {
    if (idle) {
      idle = false;
      output.emitWatermarkStatus(WatermarkStatus.ACTIVE);
    }
  }

  @Override
  public void refused(DeadLetter letter, int values) {
    Objects.requireNonNull(refusals.get(letter.reason()), letter.reason()).inc(values);
    output.collect(deadLetters, new StreamRecord<>(letter));
  }

  @Override
  public void close() throws Exception {
    ioMetrics().unregisterBackPressureListener(activity);
    super.close();
  }
}
