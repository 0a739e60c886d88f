/** What a job tells Flink's metrics of its live configuration. */
@NullMarked
package io.weir.operators.epoch.metrics;

import org.jspecify.annotations.NullMarked;
