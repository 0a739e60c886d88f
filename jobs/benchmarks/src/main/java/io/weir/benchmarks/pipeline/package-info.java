/**
 * From Kafka to Kafka, beside Flink SQL and Spark: events a second of processor time, the delay
 * until a reader of committed records has a row, memory, and how they grow.
 */
@NullMarked
package io.weir.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
