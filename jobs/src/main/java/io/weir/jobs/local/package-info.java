/**
 * Real servers inside this process or beside it, for the demo and the tests: a Kafka broker in this
 * JVM and a PostgreSQL server as a child process. Both listen on 127.0.0.1 only, on ports that were
 * free, and leave no files behind.
 */
@NullMarked
package io.weir.jobs.local;

import org.jspecify.annotations.NullMarked;
