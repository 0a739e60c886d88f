/** Measures the monitoring job beside a loop that only parses the same spans. */
@NullMarked
package io.weir.benchmarks.monitoring;

import org.jspecify.annotations.NullMarked;
