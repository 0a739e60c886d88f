/**
 * Spark's side of the pipeline benchmark. Spark and Flink do not get along on one class path, so it
 * is a module of its own, which only ever runs as a process.
 */
@NullMarked
package io.weir.benchmarks.spark;

import org.jspecify.annotations.NullMarked;
