/**
 * The contract of the configuration store: one versioned document per job, agreed by a small
 * cluster beside Flink.
 */
@NullMarked
package io.weir.consensus;

import org.jspecify.annotations.NullMarked;
