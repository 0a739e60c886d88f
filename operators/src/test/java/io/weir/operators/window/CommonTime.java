package io.weir.operators.window;

import io.weir.operators.row.Row;
import java.util.List;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput.DataOutput;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** Tells all window operators the time that Flink has combined of their channels. */
record CommonTime(List<KeyedOneInputStreamOperatorTestHarness<GroupKey, Partial, Row>> windows)
    implements DataOutput<Object> {

  @Override
  public void emitWatermark(Watermark watermark) throws Exception {
    for (var window : windows) {
      window.processWatermark(watermark);
    }
  }

  @Override
  public void emitWatermarkStatus(WatermarkStatus status) throws Exception {
    for (var window : windows) {
      window.processWatermarkStatus(status);
    }
  }

  @Override
  public void emitRecord(StreamRecord<Object> record) {
    throw unexpected(record);
  }

  @Override
  public void emitLatencyMarker(LatencyMarker marker) {
    throw unexpected(marker);
  }

  @Override
  public void emitRecordAttributes(RecordAttributes attributes) {
    throw unexpected(attributes);
  }

  @Override
  public void emitWatermark(WatermarkEvent watermark) {
    throw unexpected(watermark);
  }

  private static IllegalStateException unexpected(Object element) {
    return new IllegalStateException("what combines times emits nothing else: " + element);
  }
}
