/**
 * A whole cluster of real processes on one machine: Flink with two JobManagers and ZooKeeper, three
 * Kafka brokers, PostgreSQL and three nodes of the configuration store. {@code weir cluster} starts
 * one for a person; the fault tests break one.
 */
@NullMarked
package io.weir.cluster;

import org.jspecify.annotations.NullMarked;
