/**
 * Kafka's own source with what it lacks here: its records as they stand, and a first contact that
 * tells a wrong address from an outage.
 */
@NullMarked
package io.weir.jobs.input.kafka;

import org.jspecify.annotations.NullMarked;
