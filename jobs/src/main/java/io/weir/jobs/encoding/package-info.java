/**
 * Rows as bytes. A {@link io.weir.jobs.encoding.RowFormat} makes a {@link
 * io.weir.jobs.encoding.RowEncoder} for a schema, which writes single records (a Kafka value) and
 * whole files (JSON lines, CSV with a header, an Avro container).
 */
@NullMarked
package io.weir.jobs.encoding;

import org.jspecify.annotations.NullMarked;
