package io.weir.benchmarks.monitoring;

import io.weir.benchmarks.SideReport;
import io.weir.jobs.formats.otlp.OtlpJsonDecoder;
import io.weir.jobs.formats.otlp.OtlpProtoDecoder;
import io.weir.jobs.formats.otlp.SpanColumns;
import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.intake.RawRecord;
import io.weir.operators.row.Row;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Position;
import io.weir.operators.source.file.FileOrigins;
import io.weir.operators.source.file.Framing;
import java.io.IOException;
import java.util.List;

/**
 * One loop in one thread that reads and parses, with Weir's own reader and parser: no job. Twice,
 * as {@link MonitoringSide}.
 */
final class ParseLoopSide {

  private static final int DURATION = SpanColumns.MEASURED.requireIndexOf(SpanColumns.DURATION_US);

  private long spans;
  private long sumMicros;

  private ParseLoopSide() {}

  /** Arguments: folder of the spans, their format. */
  public static void main(String[] args) throws IOException, BrokenRecordException {
    long started = System.nanoTime();
    for (int pass = 1; pass <= 2; pass++) {
      ParseLoopSide loop = new ParseLoopSide();
      loop.run(args[0], SpanFormat.valueOf(args[1]));
      System.out.println(SideReport.ofThisProcess(loop.spans, loop.sumMicros, started).toLine());
    }
  }

  private void run(String folder, SpanFormat format) throws IOException, BrokenRecordException {
    boolean json = format == SpanFormat.JSON;
    Framing framing = json ? Framing.lines() : Framing.lengths();
    Decoder<Row> decoder =
        json
            ? new OtlpJsonDecoder(SpanColumns.MEASURED, SpanColumns.END)
            : new OtlpProtoDecoder(SpanColumns.MEASURED, SpanColumns.END);
    decoder.open();
    FileOrigins files =
        new FileOrigins(List.of(folder), framing, FileOrigins.DEFAULT_MAX_RECORD_BYTES);
    for (Origin file : files.list()) {
      try (Cursor cursor = files.open(file, Position.START)) {
        for (RawRecord record = cursor.next(); record != null; record = cursor.next()) {
          decoder.decode(record.bytes(), this::count);
        }
      }
    }
  }

  private void count(Row span, long timeMillis) {
    spans++;
    sumMicros += span.longAt(DURATION);
  }
}
