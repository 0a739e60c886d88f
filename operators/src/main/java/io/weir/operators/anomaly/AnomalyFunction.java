package io.weir.operators.anomaly;

import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Scores each element of a keyed stream by the earlier ones of its key, in the order of arrival;
 * one comes out for each that goes in. A key takes {@link AnomalyDetector#STATE_BYTES} bytes of
 * state, which last until the measure says that its series has ended. With RocksDB all of them are
 * read and written for each element; with the heap, none.
 *
 * @param <K> the keys
 * @param <I> the elements
 * @param <O> what becomes of them
 */
// Flink calls open before anything else.
@SuppressWarnings("NullAway.Init")
public final class AnomalyFunction<K, I, O> extends KeyedProcessFunction<K, I, O> {

  private static final long serialVersionUID = 1;

  private final Measure<I, O> measure;
  private transient ValueState<AnomalyDetector> detectors;

  public AnomalyFunction(Measure<I, O> measure) {
    this.measure = measure;
  }

  @Override
  public void open(OpenContext context) {
    detectors =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("detector", AnomalyDetectorSerializer.TYPE));
  }

  @Override
  public void processElement(I element, Context context, Collector<O> out) throws IOException {
    AnomalyDetector known = detectors.value();
    AnomalyDetector detector = known == null ? new AnomalyDetector() : known;
    double score = detector.score(measure.value(element));
    if (measure.isLast(element)) {
      detectors.clear();
    } else {
      detectors.update(detector);
    }
    out.collect(measure.scored(element, score));
  }
}
