package io.weir.benchmarks.monitoring;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.weir.benchmarks.SideReport;
import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Position;
import io.weir.operators.source.file.FileOrigins;
import io.weir.operators.source.file.Framing;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One loop in one thread that parses with what everybody has: Jackson's trees, and the classes that
 * are generated from opentelemetry-proto. Twice, as {@link MonitoringSide}.
 */
final class StockParseSide {

  private final ObjectMapper json = new ObjectMapper();
  private final SpanFormat format;
  private long spans;
  private long sumMicros;

  private StockParseSide(SpanFormat format) {
    this.format = format;
  }

  /** Arguments: folder of the spans, their format. */
  public static void main(String[] args) throws IOException {
    long started = System.nanoTime();
    for (int pass = 1; pass <= 2; pass++) {
      StockParseSide loop = new StockParseSide(SpanFormat.valueOf(args[1]));
      loop.run(args[0]);
      System.out.println(SideReport.ofThisProcess(loop.spans, loop.sumMicros, started).toLine());
    }
  }

  private void run(String folder) throws IOException {
    Framing framing = format == SpanFormat.JSON ? Framing.lines() : Framing.lengths();
    FileOrigins files =
        new FileOrigins(List.of(folder), framing, FileOrigins.DEFAULT_MAX_RECORD_BYTES);
    for (Origin file : files.list()) {
      try (Cursor cursor = files.open(file, Position.START)) {
        for (RawRecord record = cursor.next(); record != null; record = cursor.next()) {
          parse(record.bytes());
        }
      }
    }
  }

  private void parse(byte[] record) throws IOException {
    if (format == SpanFormat.JSON) {
      OtlpTrees.forEachSpan(json.readTree(record), this::count);
    } else {
      parseMessage(record);
    }
  }

  private void parseMessage(byte[] record) throws InvalidProtocolBufferException {
    for (ResourceSpans resource : TracesData.parseFrom(record).getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          count(span.getStartTimeUnixNano(), span.getEndTimeUnixNano());
        }
      }
    }
  }

  private void count(ObjectNode span) {
    count(OtlpTrees.nanos(span, "startTimeUnixNano"), OtlpTrees.nanos(span, "endTimeUnixNano"));
  }

  private void count(long startNanos, long endNanos) {
    spans++;
    sumMicros += TimeUnit.NANOSECONDS.toMicros(endNanos - startNanos);
  }
}
