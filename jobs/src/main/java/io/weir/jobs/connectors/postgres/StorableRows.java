package io.weir.jobs.connectors.postgres;

import io.weir.jobs.encoding.JsonText;
import io.weir.jobs.encoding.Texts;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Makes rows that PostgreSQL takes in any case, before they are part of a checkpoint: a row that
 * could never be committed would stop its job for good.
 *
 * <ul>
 *   <li>U+0000, which neither text nor jsonb can hold, becomes U+FFFD.
 *   <li>An entry of an index holds 2,704 bytes. Of a longer key, long texts keep their beginning,
 *       followed by an ellipsis and the SHA-256 of the whole text, so that keys stay different.
 * </ul>
 */
final class StorableRows {

  private static final int MAX_KEY_BYTES = 2_500;
  private static final int BYTES_PER_COLUMN = 16;

  private final Schema schema;
  private final int[] keyTexts;
  private final int keyTextBytes;
  private final Row storable;

  StorableRows(PostgresTable table) {
    schema = table.schema();
    storable = new Row(schema.size());
    int[] key = table.keyColumns();
    keyTexts = Arrays.stream(key).filter(i -> schema.type(i) == ColumnType.STRING).toArray();
    keyTextBytes = MAX_KEY_BYTES - BYTES_PER_COLUMN * key.length;
  }

  /** The row as it can be stored: an own row of this object, valid until the next call. */
  Row of(Row row) throws IOException {
    storable.copyFrom(row);
    for (int i = 0; i < schema.size(); i++) {
      if (schema.type(i).isText() && !row.isNull(i)) {
        storable.setText(i, clean(row.textAt(i), schema.type(i)));
      }
    }
    if (!keyFits()) {
      shortenKey();
    }
    return storable;
  }

  private static String clean(String text, ColumnType type) throws IOException {
    return type == ColumnType.JSON ? JsonText.map(text, Texts::withoutNul) : Texts.withoutNul(text);
  }

  private boolean keyFits() {
    int chars = 0;
    for (int column : keyTexts) {
      chars += storable.isNull(column) ? 0 : storable.textAt(column).length();
    }
    // No char takes more than three bytes: most keys need no exact count.
    return chars <= keyTextBytes / 3 || keyBytes() <= keyTextBytes;
  }

  private int keyBytes() {
    int bytes = 0;
    for (int column : keyTexts) {
      bytes += storable.isNull(column) ? 0 : bytes(storable.textAt(column));
    }
    return bytes;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private void shortenKey() {
    for (int column : keyTexts) {
      if (!storable.isNull(column)) {
        storable.setText(column, shorten(storable.textAt(column)));
      }
    }
  }

  private String shorten(String text) {
    int share = keyTextBytes / keyTexts.length;
    if (bytes(text) <= share) {
      return text;
    }
    String mark = "…" + sha256(text);
    int chars = Math.max(0, (share - mark.length() - 2) / 3);
    return Texts.wellFormed(text.substring(0, Math.min(chars, text.length()))) + mark;
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
