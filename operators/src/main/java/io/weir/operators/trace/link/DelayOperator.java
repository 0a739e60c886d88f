package io.weir.operators.trace.link;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Holds the time back, for values that come late by nature. */
final class DelayOperator<T> extends AbstractStreamOperator<T>
    implements OneInputStreamOperator<T, T> {

  private static final long serialVersionUID = 1;

  private final long delayMillis;

  DelayOperator(long delayMillis) {
    this.delayMillis = delayMillis;
  }

  @Override
  public void processElement(StreamRecord<T> element) {
    output.collect(element);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    boolean ends = mark.equals(Watermark.MAX_WATERMARK);
    long delayed = mark.getTimestamp() - delayMillis;
    if (ends || delayed < mark.getTimestamp()) {
      super.processWatermark(ends ? mark : new Watermark(delayed));
    }
  }
}
