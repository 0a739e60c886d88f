package io.weir.jobs.encoding;

import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Rows that are one text, in UTF-8; lines end in a line feed. */
final class TextRowEncoder implements RowEncoder {

  private static final byte[] TERMINATOR = {'\n'};

  TextRowEncoder(Schema schema) {
    if (schema.size() != 1 || schema.type(0) != ColumnType.STRING) {
      throw new IllegalArgumentException("not a single column of text: " + schema.columns());
    }
  }

  @Override
  public void encode(Row row, OutputStream out) throws IOException {
    out.write(Texts.wellFormed(row.textAt(0)).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public RowFile startFile(OutputStream out) throws IOException {
    return new LineFile(this, new byte[0], TERMINATOR, out);
  }
}
