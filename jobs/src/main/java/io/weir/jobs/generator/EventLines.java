package io.weir.jobs.generator;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.intake.RawRecord.Mark;
import io.weir.operators.row.Row;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Events as lines of text; they are ASCII, the broken ones too. */
final class EventLines implements FlatMapFunction<RawRecord, Row> {

  private static final long serialVersionUID = 1;

  @Override
  public void flatMap(RawRecord record, Collector<Row> lines) {
    if (record.mark() == Mark.DATA) {
      Row line = new Row(1);
      line.setText(0, new String(record.bytes(), StandardCharsets.US_ASCII));
      lines.collect(line);
    }
  }
}
