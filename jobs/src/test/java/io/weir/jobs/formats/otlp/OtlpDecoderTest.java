package io.weir.jobs.formats.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.row.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same spans in both encodings; the binary ones as the protocol's own classes write them. */
class OtlpDecoderTest {

  private static final String SPAN =
      """
      {"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174",\
      "parentSpanId":"eee19b7ec3c1b173","name":"GET /a","kind":2,\
      "startTimeUnixNano":"1544712660000000999","endTimeUnixNano":1544712661000000000,\
      "attributes":[{"key":"k","value":{"kvlistValue":{"values":[]}}}],"status":{"code":2}}""";

  /** What a decoder has found. */
  private static final class Found implements Decoder.Values<Row> {
    private final List<Row> rows = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    @Override
    public void add(Row row, long timeMillis) {
      rows.add(row);
      times.add(timeMillis);
    }

    @Override
    public void broken(String detail) {
      broken.add(detail);
    }
  }

  private static Found json(String record) throws BrokenRecordException {
    return decode(new OtlpJsonDecoder(SpanColumns.SCHEMA, SpanColumns.END), record.getBytes(UTF_8));
  }

  private static Found proto(byte[] record) throws BrokenRecordException {
    return decode(new OtlpProtoDecoder(SpanColumns.SCHEMA, SpanColumns.END), record);
  }

  private static Found decode(Decoder<Row> decoder, byte[] record) throws BrokenRecordException {
    Found found = new Found();
    decoder.open();
    decoder.decode(record, found);
    return found;
  }

  private static String traces(String... spans) {
    return resource("[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}}]", spans);
  }

  private static String resource(String attributes, String... spans) {
    return "{\"resourceSpans\":[{\"resource\":{\"attributes\":%s},\"scopeSpans\":[{\"spans\":[%s]}]}]}"
        .formatted(attributes, String.join(",", spans));
  }

  private static Span.Builder span() {
    return Span.newBuilder()
        .setTraceId(bytes(0x5B8EFFF798038103L, 0xD269B633813FC60CL))
        .setSpanId(bytes(0xEEE19B7EC3C1B174L))
        .setParentSpanId(bytes(0xEEE19B7EC3C1B173L))
        .setName("GET /a")
        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
        .setStartTimeUnixNano(1_544_712_660_000_000_999L)
        .setEndTimeUnixNano(1_544_712_661_000_000_000L)
        .addAttributes(attribute("k", "v"))
        .setStatus(
            Status.newBuilder().setMessage("no").setCode(Status.StatusCode.STATUS_CODE_ERROR));
  }

  private static ByteString bytes(long... words) {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
    Arrays.stream(words).forEach(bytes::putLong);
    return ByteString.copyFrom(bytes.array());
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static byte[] traces(Span.Builder... spans) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder().setSchemaUrl("https://opentelemetry.io/");
    Arrays.stream(spans).forEach(scope::addSpans);
    return TracesData.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(
                    Resource.newBuilder()
                        .addAttributes(attribute("host.name", "h"))
                        .addAttributes(attribute("service.name", "shop")))
                .addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  private static void assertTheSpan(Found found) {
    assertThat(found.broken).isEmpty();
    assertThat(found.times).containsExactly(1_544_712_661_000L);
    Row row = found.rows.get(0);
    assertThat(row.longAt(0)).isEqualTo(0x5B8EFFF798038103L);
    assertThat(row.longAt(1)).isEqualTo(0xD269B633813FC60CL);
    assertThat(row.longAt(2)).isEqualTo(0xEEE19B7EC3C1B174L);
    assertThat(row.longAt(3)).isEqualTo(0xEEE19B7EC3C1B173L);
    assertThat(row.textAt(4)).isEqualTo("shop");
    assertThat(row.textAt(5)).isEqualTo("GET /a");
    assertThat(row.longAt(6)).isEqualTo(1_544_712_660_000_000L);
    assertThat(row.longAt(7)).isEqualTo(1_544_712_661_000_000L);
    assertThat(row.longAt(8)).as("cut off, not rounded").isEqualTo(999_999);
    assertThat(row.longAt(9)).isEqualTo(1);
  }

  @Test
  void bothEncodingsSayTheSame() throws BrokenRecordException {
    assertTheSpan(json(traces(SPAN)));
    assertTheSpan(proto(traces(span())));
  }

  @Test
  void whatIsMissingHasAMeaning() throws BrokenRecordException {
    String root =
        SPAN.replace("\"parentSpanId\":\"eee19b7ec3c1b173\"", "\"parentSpanId\":\"\"")
            .replace("\"status\":{\"code\":2}", "\"status\":{}");
    Row row = json(resource("[]", root)).rows.get(0);
    Row binary = proto(traces(span().clearParentSpanId().clearStatus())).rows.get(0);

    assertThat(row.isNull(3)).as("no parent").isTrue();
    assertThat(row.textAt(4)).isEqualTo("unknown_service");
    assertThat(row.longAt(9)).isZero();
    assertThat(binary.isNull(3)).isTrue();
    assertThat(binary.longAt(9)).isZero();
  }

  @Test
  void theResourceMayStandBehindItsSpans() throws BrokenRecordException {
    String turned =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[%s]}],\"resource\":{\"attributes\":"
            + "[{\"value\":{\"stringValue\":\"shop\"},\"key\":\"service.name\"}]}}]}";

    assertTheSpan(json(turned.formatted(SPAN)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "5B8EFFF798038103D269B633813FC60C; 5B8E; traceId must be 32 hexadecimal digits, not 5B8E",
        "5B8EFFF798038103D269B633813FC60C; 00000000000000000000000000000000;"
            + " traceId is missing or zero",
        "EEE19B7EC3C1B174; EEE19B7EC3C1B1xx; spanId must be hexadecimal, not EEE19B7EC3C1B1xx",
        "\"EEE19B7EC3C1B174\"; [1]; spanId must be 16 hexadecimal digits, not an object or array",
        "eee19b7ec3c1b173; 17; parentSpanId must be 16 hexadecimal digits, not 17",
        "1544712660000000999; now;"
            + " startTimeUnixNano must be nanoseconds since 1970, until 2262, not now",
        "1544712661000000000; 18446744073709551615;"
            + " endTimeUnixNano must be nanoseconds since 1970, until 2262,"
            + " not 18446744073709551615",
        "1544712661000000000; 1544712660000000998; endTimeUnixNano lies before startTimeUnixNano"
      })
  void aBrokenSpanDoesNotTakeTheOthersAlong(String part, String other, String detail)
      throws BrokenRecordException {
    Found found = json(traces(SPAN, SPAN.replace(part, other), SPAN));

    assertThat(found.broken).containsExactly(detail);
    assertThat(found.rows).hasSize(2);
  }

  @Test
  void aBrokenSpanDoesNotTakeTheOthersAlongInBinary() throws BrokenRecordException {
    Found found =
        proto(
            traces(
                span(),
                span().setTraceId(bytes(1)),
                span().clearSpanId(),
                span().setEndTimeUnixNano(-1),
                span()));

    assertThat(found.broken)
        .containsExactly(
            "trace_id must have 16 bytes, not 8",
            "spanId is missing or zero",
            "startTimeUnixNano and endTimeUnixNano must lie between 1970 and 2262");
    assertThat(found.rows).hasSize(2);
  }

  @Test
  void recordsThatAreNoTracesAreBroken() {
    assertThatThrownBy(() -> json("[1]")).hasMessage("JSON: the record is no object");
    assertThatThrownBy(() -> json("{\"resourceLogs\":[]}"))
        .isInstanceOf(BrokenRecordException.class)
        .hasMessage("there is no resourceSpans; there are [resourceLogs]");
    assertThatThrownBy(() -> json("{\"resourceSpans\":[{\"scopeSpans\":3}]}"))
        .hasMessage("scopeSpans must be an array");
    assertThatThrownBy(() -> json(traces(SPAN) + "{}")).hasMessageContaining("something follows");
    assertThatThrownBy(() -> proto("{\"no\":1}".getBytes(UTF_8)))
        .isInstanceOf(BrokenRecordException.class)
        .hasMessageStartingWith("Protocol Buffers: ");
    byte[] whole = traces(span());
    assertThatThrownBy(() -> proto(Arrays.copyOf(whole, whole.length - 3)))
        .isInstanceOf(BrokenRecordException.class);
  }

  @Test
  void theStartMayBeTheTime() throws BrokenRecordException {
    Decoder<Row> decoder = new OtlpProtoDecoder(SpanColumns.MEASURED, SpanColumns.START);

    assertThat(decode(decoder, traces(span())).times).containsExactly(1_544_712_660_000L);
  }
}
