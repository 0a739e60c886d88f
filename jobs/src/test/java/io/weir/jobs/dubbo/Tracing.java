package io.weir.jobs.dubbo;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.util.concurrent.TimeUnit;

/** OpenTelemetry in a process; its filters for Dubbo find it as the global one. */
final class Tracing {

  private static final long FLUSH_SECONDS = 60;

  private final SdkTracerProvider spans;
  private final OpenSpans open;

  private Tracing(SdkTracerProvider spans, OpenSpans open) {
    this.spans = spans;
    this.open = open;
  }

  /**
   * Sends the spans of this process by OTLP.
   *
   * @param service its name
   * @param endpoint address of the receiver
   */
  static Tracing start(String service, String endpoint) {
    OpenSpans open = new OpenSpans();
    SdkTracerProvider spans =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service)))
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build())
                    .build())
            // Behind the other one, which has a span by the time that it counts as ended.
            .addSpanProcessor(open)
            .build();
    OpenTelemetrySdk.builder()
        .setTracerProvider(spans)
        .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
        .buildAndRegisterGlobal();
    return new Tracing(spans, open);
  }

  /** Waits for the spans that are open, and sends what has not been sent yet. */
  void end() {
    open.awaitNone();
    if (!spans.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS).isSuccess()) {
      throw new IllegalStateException("spans could not be sent");
    }
  }
}
