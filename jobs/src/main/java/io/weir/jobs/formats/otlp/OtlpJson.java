package io.weir.jobs.formats.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder.Values;
import io.weir.operators.row.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads one TracesData, and of each span what {@link SpanFields} has. */
final class OtlpJson {

  /** Reads the object that the parser stands at the beginning of. */
  private interface ObjectReader {
    void read() throws IOException, BrokenRecordException;
  }

  private static final String RESOURCE_SPANS = "resourceSpans";
  private static final String SERVICE_NAME = "service.name";
  private static final int MAX_SHOWN_MEMBERS = 3;

  private final JsonParser parser;
  private final SpanRows rows;
  private final Values<Row> values;
  private final SpanFields span = new SpanFields();

  OtlpJson(JsonParser parser, SpanRows rows, Values<Row> values) {
    this.parser = parser;
    this.rows = rows;
    this.values = values;
  }

  void read() throws IOException, BrokenRecordException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new BrokenRecordException("JSON: the record is no object");
    }
    List<String> others = new ArrayList<>();
    boolean found = false;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      if (name.equals(RESOURCE_SPANS)) {
        found = true;
        objects(name, this::resourceSpans);
      } else {
        parser.skipChildren();
        others.add(name);
      }
    }
    if (!found && !others.isEmpty()) {
      throw new BrokenRecordException(
          "there is no resourceSpans; there are "
              + others.subList(0, Math.min(MAX_SHOWN_MEMBERS, others.size())));
    }
    if (parser.nextToken() != null) {
      throw new BrokenRecordException("JSON: something follows the object");
    }
  }

  /** Reads an array of objects; null is an empty one. */
  private void objects(String name, ObjectReader reader) throws IOException, BrokenRecordException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new BrokenRecordException(name + " must be an array");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new BrokenRecordException(name + " must be an array of objects");
      }
      reader.read();
    }
  }

  private void resourceSpans() throws IOException, BrokenRecordException {
    rows.beginResource();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      if (name.equals("scopeSpans")) {
        objects(name, this::scopeSpans);
      } else if (name.equals("resource") && token == JsonToken.START_OBJECT) {
        resource();
      } else {
        parser.skipChildren();
      }
    }
    rows.endResource(values);
  }

  private void resource() throws IOException, BrokenRecordException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      if (name.equals("attributes")) {
        objects(name, this::attribute);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void attribute() throws IOException {
    String key = "";
    String value = "";
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      if (name.equals("key") && token == JsonToken.VALUE_STRING) {
        key = parser.getText();
      } else if (name.equals("value") && token == JsonToken.START_OBJECT) {
        value = stringValue();
      } else {
        parser.skipChildren();
      }
    }
    if (key.equals(SERVICE_NAME)) {
      rows.service(value);
    }
  }

  private String stringValue() throws IOException {
    String value = "";
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("stringValue")) {
        value = parser.getText();
      } else {
        parser.skipChildren();
      }
    }
    return value;
  }

  private void scopeSpans() throws IOException, BrokenRecordException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      if (name.equals("spans")) {
        objects(name, this::span);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void span() throws IOException, BrokenRecordException {
    span.clear();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      switch (name) {
        case "traceId" -> traceId(token);
        case "spanId" -> span.spanId = id(name, token);
        case "parentSpanId" -> span.parentSpanId = isEmptyText(token) ? 0 : id(name, token);
        case "name" -> span.operation = token == JsonToken.VALUE_STRING ? parser.getText() : "";
        case "startTimeUnixNano" -> span.startNanos = nanos(name, token);
        case "endTimeUnixNano" -> span.endNanos = nanos(name, token);
        case "status" -> status(token);
        default -> parser.skipChildren();
      }
    }
    rows.add(span, values);
  }

  private void traceId(JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_STRING || parser.getTextLength() != 2 * Hex.DIGITS) {
      unreadable("traceId", "32 hexadecimal digits");
      return;
    }
    span.traceIdHigh = hex("traceId", 0);
    span.traceIdLow = hex("traceId", Hex.DIGITS);
  }

  private long id(String name, JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_STRING || parser.getTextLength() != Hex.DIGITS) {
      unreadable(name, "16 hexadecimal digits");
      return 0;
    }
    return hex(name, 0);
  }

  private long hex(String name, int from) throws IOException {
    char[] text = parser.getTextCharacters();
    int start = parser.getTextOffset() + from;
    if (!Hex.isHex(text, start)) {
      unreadable(name, "hexadecimal");
      return 0;
    }
    return Hex.parse(text, start);
  }

  private boolean isEmptyText(JsonToken token) throws IOException {
    return token == JsonToken.VALUE_NULL
        || (token == JsonToken.VALUE_STRING && parser.getTextLength() == 0);
  }

  private long nanos(String name, JsonToken token) throws IOException {
    long nanos = -1;
    if (token == JsonToken.VALUE_STRING) {
      nanos = digits(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    } else if (token == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      nanos = parser.getLongValue();
    }
    if (nanos < 0) {
      unreadable(name, "nanoseconds since 1970, until 2262");
    }
    return nanos;
  }

  /** A number of 63 bits, or -1. */
  private static long digits(char[] text, int from, int length) {
    long number = length == 0 || length > 19 ? -1 : 0;
    for (int i = from; i < from + length && number >= 0; i++) {
      int digit = text[i] - '0';
      number = digit < 0 || digit > 9 ? -1 : number * 10 + digit;
    }
    return Math.max(-1, number);
  }

  private void status(JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("code")) {
        span.error = isError(value);
      }
      parser.skipChildren();
    }
  }

  private boolean isError(JsonToken code) throws IOException {
    return switch (code) {
      case VALUE_NUMBER_INT -> parser.getText().equals("2");
      // Not allowed by OTLP, but what plain JSON of Protocol Buffers has.
      case VALUE_STRING -> parser.getText().equals("STATUS_CODE_ERROR");
      default -> false;
    };
  }

  private void unreadable(String name, String allowed) throws IOException {
    String found = parser.currentToken().isScalarValue() ? parser.getText() : "an object or array";
    span.unreadable(name + " must be " + allowed + ", not " + found);
    parser.skipChildren();
  }
}
