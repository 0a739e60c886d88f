package io.weir.jobs.encoding;

import io.weir.operators.row.Row;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A file that is a header and then one terminated record after the other. */
final class LineFile implements RowFile {

  private static final int BUFFER_BYTES = 1 << 16;

  private final RowEncoder encoder;
  private final byte[] terminator;
  private final OutputStream out;

  LineFile(RowEncoder encoder, byte[] header, byte[] terminator, OutputStream out)
      throws IOException {
    this.encoder = encoder;
    this.terminator = terminator;
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    this.out.write(header);
  }

  @Override
  public void add(Row row) throws IOException {
    encoder.encode(row, out);
    out.write(terminator);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void finish() throws IOException {
    out.flush();
  }
}
