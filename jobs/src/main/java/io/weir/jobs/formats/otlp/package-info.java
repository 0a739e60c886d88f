/**
 * Spans as OpenTelemetry writes them (opentelemetry-proto 1.x, {@code trace.proto}): as JSON and as
 * Protocol Buffers.
 */
@NullMarked
package io.weir.jobs.formats.otlp;

import org.jspecify.annotations.NullMarked;
