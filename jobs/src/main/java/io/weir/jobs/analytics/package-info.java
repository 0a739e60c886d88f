/**
 * Windowed aggregates over any stream of records, declared in settings: what to group by, which
 * windows, which aggregates. One row comes out for each window and group that has rows.
 */
@NullMarked
package io.weir.jobs.analytics;

import org.jspecify.annotations.NullMarked;
