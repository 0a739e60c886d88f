package io.weir.jobs.formats.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder.Values;
import io.weir.operators.row.Row;
import java.io.IOException;

/**
 * Reads one TracesData field by field, by the numbers of opentelemetry-proto's {@code trace.proto},
 * {@code resource.proto} and {@code common.proto}: messages are not built.
 */
final class OtlpProto {

  private static final String SERVICE_NAME = "service.name";
  private static final int STATUS_ERROR = 2;

  // Number and wire type of the fields that are read.
  private static final int RESOURCE_SPANS = message(1);
  private static final int RESOURCE = message(1);
  private static final int SCOPE_SPANS = message(2);
  private static final int ATTRIBUTES = message(1);
  private static final int KEY = message(1);
  private static final int VALUE = message(2);
  private static final int STRING_VALUE = message(1);
  private static final int SPANS = message(2);
  private static final int TRACE_ID = message(1);
  private static final int SPAN_ID = message(2);
  private static final int PARENT_SPAN_ID = message(4);
  private static final int NAME = message(5);
  private static final int START_TIME = tag(7, WireFormat.WIRETYPE_FIXED64);
  private static final int END_TIME = tag(8, WireFormat.WIRETYPE_FIXED64);
  private static final int STATUS = message(15);
  private static final int STATUS_CODE = tag(3, WireFormat.WIRETYPE_VARINT);

  private final CodedInputStream in;
  private final SpanRows rows;
  private final Values<Row> values;
  private final SpanFields span = new SpanFields();

  /** Reads a field; false if it is not of interest. */
  private interface FieldReader {
    boolean read(int tag) throws IOException, BrokenRecordException;
  }

  OtlpProto(CodedInputStream in, SpanRows rows, Values<Row> values) {
    this.in = in;
    this.rows = rows;
    this.values = values;
  }

  private static int message(int number) {
    return tag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  }

  private static int tag(int number, int wireType) {
    return (number << 3) | wireType;
  }

  void read() throws IOException, BrokenRecordException {
    fields(tag -> tag == RESOURCE_SPANS && nested(this::resourceSpans));
  }

  private void fields(FieldReader reader) throws IOException, BrokenRecordException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (!reader.read(tag)) {
        in.skipField(tag);
      }
    }
  }

  private interface MessageReader {
    void read() throws IOException, BrokenRecordException;
  }

  private boolean nested(MessageReader message) throws IOException, BrokenRecordException {
    int outer = in.pushLimit(in.readRawVarint32());
    message.read();
    in.popLimit(outer);
    return true;
  }

  private void resourceSpans() throws IOException, BrokenRecordException {
    rows.beginResource();
    fields(
        tag ->
            (tag == SCOPE_SPANS && nested(this::scopeSpans))
                || (tag == RESOURCE && nested(this::resource)));
    rows.endResource(values);
  }

  private void resource() throws IOException, BrokenRecordException {
    fields(tag -> tag == ATTRIBUTES && nested(this::attribute));
  }

  private void attribute() throws IOException, BrokenRecordException {
    String[] pair = {"", ""};
    fields(
        tag -> {
          if (tag == KEY) {
            pair[0] = in.readStringRequireUtf8();
            return true;
          }
          return tag == VALUE && nested(() -> stringValue(pair));
        });
    if (pair[0].equals(SERVICE_NAME)) {
      rows.service(pair[1]);
    }
  }

  private void stringValue(String[] pair) throws IOException, BrokenRecordException {
    fields(
        tag -> {
          if (tag == STRING_VALUE) {
            pair[1] = in.readStringRequireUtf8();
            return true;
          }
          return false;
        });
  }

  private void scopeSpans() throws IOException, BrokenRecordException {
    fields(tag -> tag == SPANS && nested(this::span));
  }

  private void span() throws IOException, BrokenRecordException {
    span.clear();
    fields(this::spanField);
    rows.add(span, values);
  }

  private boolean spanField(int tag) throws IOException, BrokenRecordException {
    if (tag == TRACE_ID) {
      traceId();
    } else if (tag == SPAN_ID) {
      span.spanId = id("span_id", false);
    } else if (tag == PARENT_SPAN_ID) {
      span.parentSpanId = id("parent_span_id", true);
    } else if (tag == NAME) {
      span.operation = in.readStringRequireUtf8();
    } else if (tag == START_TIME) {
      span.startNanos = in.readFixed64();
    } else if (tag == END_TIME) {
      span.endNanos = in.readFixed64();
    } else {
      return tag == STATUS && nested(this::status);
    }
    return true;
  }

  private void traceId() throws IOException {
    int length = in.readRawVarint32();
    if (length != 2 * Long.BYTES) {
      unreadable("trace_id", length, "16");
      return;
    }
    span.traceIdHigh = Long.reverseBytes(in.readRawLittleEndian64());
    span.traceIdLow = Long.reverseBytes(in.readRawLittleEndian64());
  }

  private long id(String name, boolean mayBeEmpty) throws IOException {
    int length = in.readRawVarint32();
    if (length == Long.BYTES) {
      return Long.reverseBytes(in.readRawLittleEndian64());
    }
    if (length != 0 || !mayBeEmpty) {
      unreadable(name, length, "8");
    }
    return 0;
  }

  private void unreadable(String name, int length, String allowed) throws IOException {
    span.unreadable(name + " must have " + allowed + " bytes, not " + length);
    in.skipRawBytes(length);
  }

  private void status() throws IOException, BrokenRecordException {
    fields(
        tag -> {
          if (tag == STATUS_CODE) {
            span.error = in.readEnum() == STATUS_ERROR;
            return true;
          }
          return false;
        });
  }
}
