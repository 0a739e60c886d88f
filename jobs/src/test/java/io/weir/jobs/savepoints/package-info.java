/**
 * Savepoints that earlier builds made, kept as files, and the check that the present build goes on
 * from them: each job has a test that is a {@link io.weir.jobs.savepoints.SavepointContract}.
 */
@NullMarked
package io.weir.jobs.savepoints;

import org.jspecify.annotations.NullMarked;
