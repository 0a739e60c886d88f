/**
 * Runs a job on this machine alone: a Flink cluster inside this process, its configuration taken
 * from a folder of flink-conf, Kafka in the same JVM, and beside it a real PostgreSQL server and
 * the nodes of a configuration store. Everything listens on 127.0.0.1 and on free ports only, and
 * leaves no files behind.
 */
@NullMarked
package io.weir.jobs.local;

import org.jspecify.annotations.NullMarked;
