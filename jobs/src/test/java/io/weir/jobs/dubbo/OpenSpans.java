package io.weir.jobs.dubbo;

import static org.awaitility.Awaitility.await;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the spans that have begun and not ended: at the end of a process there must be none. */
final class OpenSpans implements SpanProcessor {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final AtomicInteger open = new AtomicInteger();

  void awaitNone() {
    await().atMost(LIMIT).until(() -> open.get() == 0);
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    open.incrementAndGet();
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    open.decrementAndGet();
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }
}
