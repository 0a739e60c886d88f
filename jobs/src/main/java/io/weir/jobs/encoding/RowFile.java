package io.weir.jobs.encoding;

import io.weir.operators.row.Row;
import java.io.IOException;

/** A file of rows that is being written. Owned by one thread. */
public interface RowFile {

  /** Adds a row, which may stay in a bounded buffer until {@link #flush()}. */
  void add(Row row) throws IOException;

  /** Hands everything added so far to the stream. */
  void flush() throws IOException;

  /** Completes the file: what is in the stream then is all there is. The stream stays open. */
  void finish() throws IOException;
}
