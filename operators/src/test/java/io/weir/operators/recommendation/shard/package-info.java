/** Tests of what shards learn, and how they score, some on real ratings. */
@NullMarked
package io.weir.operators.recommendation.shard;

import org.jspecify.annotations.NullMarked;
