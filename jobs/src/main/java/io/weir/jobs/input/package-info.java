/**
 * What a job reads: {@code source:} says where records come from, {@code format} and {@code schema}
 * what they look like, {@code time:} which of them are on time. {@link
 * io.weir.jobs.input.InputSettings} reads these keys for every job alike and puts source and gate
 * into its graph.
 */
@NullMarked
package io.weir.jobs.input;

import org.jspecify.annotations.NullMarked;
