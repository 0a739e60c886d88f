package io.weir.benchmarks.monitoring;

import java.util.Locale;

/** How spans are written. */
enum SpanFormat {
  JSON,
  PROTO;

  /** As results and folders name it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As settings name it. */
  String setting() {
    return "otlp-" + label();
  }
}
