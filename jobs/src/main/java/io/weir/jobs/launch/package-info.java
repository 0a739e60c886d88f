/**
 * How a job is started, wherever it runs: a {@link io.weir.jobs.launch.JobDefinition} reads and
 * checks its settings, which gives a {@link io.weir.jobs.launch.PreparedJob} that builds its graph.
 * Nothing touches Flink before every setting is known to be right.
 */
@NullMarked
package io.weir.jobs.launch;

import org.jspecify.annotations.NullMarked;
