/**
 * The whole pipeline on one machine, with nothing to set up: generator, Kafka, analytics,
 * PostgreSQL, each run by the same code and settings as anywhere else. {@link
 * io.weir.jobs.demo.Demo} starts it, shows it while it runs, ends it without losing an event, and
 * lets {@code balance} say whether that is true.
 */
@NullMarked
package io.weir.jobs.demo;

import org.jspecify.annotations.NullMarked;
