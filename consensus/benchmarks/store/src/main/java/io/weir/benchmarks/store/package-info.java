/**
 * Measures the configuration store beside etcd and ZooKeeper: one loop of clients for all sides,
 * which take turns within every phase. What counts are ratios, since machines are noisy.
 */
@NullMarked
package io.weir.benchmarks.store;

import org.jspecify.annotations.NullMarked;
