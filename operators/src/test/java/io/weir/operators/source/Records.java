package io.weir.operators.source;

import io.weir.operators.intake.RawRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/**
 * Keeps what a reader emits: {@code origin:position} for records, {@code MARK origin} for marks.
 */
final class Records implements ReaderOutput<RawRecord> {

  final List<String> seen = new ArrayList<>();

  @Override
  public void collect(RawRecord record) {
    seen.add(describe(record));
  }

  static String describe(RawRecord record) {
    return record.mark() == RawRecord.Mark.DATA
        ? record.origin() + ":" + record.position()
        : record.mark() + " " + record.origin();
  }

  @Override
  public void collect(RawRecord record, long timestamp) {
    collect(record);
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    throw new IllegalStateException("the gate decides about time");
  }

  @Override
  public void markIdle() {}

  @Override
  public void markActive() {}

  @Override
  public SourceOutput<RawRecord> createOutputForSplit(String splitId) {
    return this;
  }

  @Override
  public void releaseOutputForSplit(String splitId) {}
}
