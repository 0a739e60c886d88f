/** Tests of what a job tells Flink's metrics. */
@NullMarked
package io.weir.operators.epoch.metrics;

import org.jspecify.annotations.NullMarked;
