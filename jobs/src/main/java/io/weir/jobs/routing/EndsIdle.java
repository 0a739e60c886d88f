package io.weir.jobs.routing;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Says of an input that has ended that it is idle, in place of the watermark that ends it. Flink
 * heeds only inputs that are not behind the common watermark: one that comes back from idleness
 * would see the last watermark of another, which has ended, close all windows under its rows.
 */
final class EndsIdle<T> extends AbstractStreamOperator<T> implements OneInputStreamOperator<T, T> {

  private static final long serialVersionUID = 1;

  /** Puts it into the chain of the rows. */
  static <T> DataStream<T> behind(DataStream<T> rows, String uid) {
    SingleOutputStreamOperator<T> ending =
        rows.transform("ends-idle", rows.getType(), new EndsIdle<>()).uid(uid);
    if (rows.getTransformation().isParallelismConfigured()) {
      ending.setParallelism(rows.getParallelism());
    }
    return ending;
  }

  @Override
  public void processElement(StreamRecord<T> element) {
    output.collect(element);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      processWatermarkStatus(WatermarkStatus.IDLE);
    } else {
      super.processWatermark(mark);
    }
  }
}
