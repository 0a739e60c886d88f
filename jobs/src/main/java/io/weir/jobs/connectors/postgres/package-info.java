/**
 * Rows into PostgreSQL (15 or later) as upserts by key, so that storing a row again is harmless.
 *
 * <p>Exactly once: the writer collects the rows of an epoch as {@link
 * io.weir.jobs.connectors.postgres.RowBatch}es, which become part of the checkpoint; the committer
 * stores each in one transaction when the checkpoint is complete, and again after a restore. A
 * reader therefore never sees a row of an uncompleted checkpoint. At least once: rows are stored
 * when the buffer is full and at each barrier.
 */
@NullMarked
package io.weir.jobs.connectors.postgres;

import org.jspecify.annotations.NullMarked;
