package io.weir.benchmarks.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.HexFormat;
import java.util.function.Consumer;

/** OTLP JSON as trees, with the members that the recorded spans have; the same as a message. */
final class OtlpTrees {

  private OtlpTrees() {}

  static void forEachSpan(JsonNode traces, Consumer<ObjectNode> action) {
    for (JsonNode resource : traces.path("resourceSpans")) {
      for (JsonNode scope : resource.path("scopeSpans")) {
        scope.path("spans").forEach(span -> action.accept((ObjectNode) span));
      }
    }
  }

  static long nanos(JsonNode span, String time) {
    return Long.parseLong(span.get(time).textValue());
  }

  static TracesData toMessage(JsonNode traces) {
    TracesData.Builder message = TracesData.newBuilder();
    for (JsonNode each : traces.path("resourceSpans")) {
      ResourceSpans.Builder resourceSpans =
          message.addResourceSpansBuilder().setResource(resource(each.path("resource")));
      for (JsonNode scope : each.path("scopeSpans")) {
        ScopeSpans.Builder scopeSpans = resourceSpans.addScopeSpansBuilder();
        scope.path("spans").forEach(span -> scopeSpans.addSpans(span(span)));
      }
    }
    return message.build();
  }

  private static Resource resource(JsonNode resource) {
    Resource.Builder message = Resource.newBuilder();
    for (JsonNode attribute : resource.path("attributes")) {
      String value = attribute.path("value").path("stringValue").textValue();
      message.addAttributes(
          KeyValue.newBuilder()
              .setKey(attribute.path("key").textValue())
              .setValue(AnyValue.newBuilder().setStringValue(value)));
    }
    return message.build();
  }

  private static Span span(JsonNode span) {
    Span.Builder message =
        Span.newBuilder()
            .setTraceId(id(span.path("traceId")))
            .setSpanId(id(span.path("spanId")))
            .setName(span.path("name").textValue())
            .setKindValue(span.path("kind").intValue())
            .setStartTimeUnixNano(nanos(span, "startTimeUnixNano"))
            .setEndTimeUnixNano(nanos(span, "endTimeUnixNano"));
    if (span.has("parentSpanId")) {
      message.setParentSpanId(id(span.get("parentSpanId")));
    }
    return message.build();
  }

  private static ByteString id(JsonNode hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex.textValue()));
  }
}
