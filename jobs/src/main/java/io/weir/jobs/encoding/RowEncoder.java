package io.weir.jobs.encoding;

import io.weir.operators.row.Row;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes the rows of one schema. Owned by one thread: encoders keep buffers. Text that no encoding
 * can carry, a surrogate without its other half, becomes U+FFFD.
 */
public interface RowEncoder {

  /**
   * Writes one record that stands alone: without header or terminator.
   *
   * @param row not modified, not kept
   * @param out gets the whole record before the call returns; is not flushed
   */
  void encode(Row row, OutputStream out) throws IOException;

  /**
   * Begins a file.
   *
   * @param out stays open after {@link RowFile#finish()}
   */
  RowFile startFile(OutputStream out) throws IOException;
}
