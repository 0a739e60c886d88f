/**
 * Aggregates of rows: count, sum, quantile, top and the like. An {@link
 * io.weir.operators.aggregate.AggregateExpression} is what a user writes, {@link
 * io.weir.operators.aggregate.Aggregations} makes an {@link
 * io.weir.operators.aggregate.Aggregation} of it, and that makes {@link
 * io.weir.operators.aggregate.Accumulator}s, one for each group and window. Accumulators merge, so
 * that rows may be summed up in parts, in any grouping, before and after a shuffle. All but {@code
 * count} ignore nulls. The approximate ones are sketches of Apache DataSketches that live on the
 * heap.
 */
@NullMarked
package io.weir.operators.aggregate;

import org.jspecify.annotations.NullMarked;
