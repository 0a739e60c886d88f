/**
 * How long a change of live configuration takes until the last subtask has switched, and what it
 * costs the job. Job, store's client and clock are in one process; the store's nodes are processes
 * of their own.
 */
@NullMarked
package io.weir.benchmarks.switching;

import org.jspecify.annotations.NullMarked;
