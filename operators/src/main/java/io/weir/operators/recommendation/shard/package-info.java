/**
 * Incremental item-based collaborative filtering, after TencentRec (Huang et al., SIGMOD 2015),
 * without Flink: how counts grow by a {@link io.weir.operators.recommendation.shard.Step}, and how
 * items are scored by them.
 *
 * <p>Items are dealt to shards. A shard knows everything about its own items: of each other item q
 * it keeps a {@link io.weir.operators.recommendation.model.Column}, which says how often q and each
 * item of the shard went together. So a shard can score its own items completely, and the best of
 * all shards are the best of all items. All classes are for one thread.
 */
@NullMarked
package io.weir.operators.recommendation.shard;

import org.jspecify.annotations.NullMarked;
