package io.weir.jobs.connectors;

import io.weir.jobs.encoding.JsonRowEncoder;
import io.weir.operators.intake.DeadLetter;
import io.weir.operators.row.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Counts dead letters by reason and makes rows of them, several of one that is too long. */
final class DeadLetterRows extends RichFlatMapFunction<DeadLetter, Row> {

  private static final long serialVersionUID = 1;

  private static final int REASON = column("reason");
  private static final int DETAIL = column("detail");
  private static final int ORIGIN = column("origin");
  private static final int POSITION = column("position");
  private static final int TEXT = column("text");
  private static final int BASE64 = column("base64");

  /** A byte of text takes up to six in JSON, as in {@code \u0001}. */
  private static final int LARGEST_GROWTH = 6;

  /** Of origin and detail, which may hold a group's texts and so whatever was sent. */
  private static final int MOST_CHARS = 4_000;

  private final int mostRowBytes;
  private transient @Nullable Map<String, Counter> counters;

  /**
   * Makes rows of bounded size.
   *
   * @param mostRowBytes of JSON; other formats take less
   */
  DeadLetterRows(int mostRowBytes) {
    this.mostRowBytes = mostRowBytes;
  }

  private static int column(String name) {
    return DeadLetters.TABLE.schema().requireIndexOf(name);
  }

  @Override
  public void flatMap(DeadLetter refused, Collector<Row> out) throws IOException {
    count(refused.reason());
    DeadLetter letter = bounded(refused);
    Row whole = row(letter);
    if (fits(letter.bytes().length, whole)) {
      out.collect(whole);
    } else {
      split(letter, 0, letter.bytes().length, out);
    }
  }

  /** The same, so that a row without bytes has a size that any sink takes. */
  static DeadLetter bounded(DeadLetter letter) {
    return new DeadLetter(
        letter.reason(),
        bounded(letter.detail()),
        bounded(letter.origin()),
        letter.position(),
        letter.bytes());
  }

  /** Its beginning, and what tells it from others that begin alike. */
  private static String bounded(String text) {
    return text.length() <= MOST_CHARS
        ? text
        : text.substring(0, MOST_CHARS)
            + "... "
            + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void count(String reason) {
    if (counters == null) {
      counters = new HashMap<>();
    }
    counters
        .computeIfAbsent(
            reason,
            name -> getRuntimeContext().getMetricGroup().addGroup("deadLetters").counter(name))
        .inc();
  }

  private boolean fits(int bytes, Row row) throws IOException {
    if (bytes <= mostRowBytes / (2 * LARGEST_GROWTH)) {
      return true;
    }
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    new JsonRowEncoder(DeadLetters.TABLE.schema()).encode(row, json);
    return json.size() <= mostRowBytes;
  }

  private void split(DeadLetter letter, int from, int to, Collector<Row> out) throws IOException {
    Row part = row(part(letter, from, to));
    if (fits(to - from, part)) {
      out.collect(part);
    } else {
      int middle = middle(letter.bytes(), from, to);
      split(letter, from, middle, out);
      split(letter, middle, to, out);
    }
  }

  private static DeadLetter part(DeadLetter letter, int from, int to) {
    byte[] bytes = letter.bytes();
    String detail =
        String.format("%s (bytes %d to %d of %d)", letter.detail(), from + 1, to, bytes.length);
    return new DeadLetter(
        letter.reason(),
        detail,
        letter.origin(),
        letter.position(),
        Arrays.copyOfRange(bytes, from, to));
  }

  /** About the middle, but not inside of a character of UTF-8, which has up to four bytes. */
  private static int middle(byte[] bytes, int from, int to) {
    int middle = (from + to) >>> 1;
    for (int i = 0; i < 3 && (bytes[middle] & 0xC0) == 0x80; i++) {
      middle--;
    }
    return middle;
  }

  static Row row(DeadLetter letter) {
    Row row = new Row(DeadLetters.TABLE.schema().size());
    row.setText(REASON, letter.reason());
    row.setText(DETAIL, letter.detail());
    row.setText(ORIGIN, letter.origin());
    row.setLong(POSITION, letter.position());
    String text = textOf(letter.bytes());
    if (text != null) {
      row.setText(TEXT, text);
    } else {
      row.setText(BASE64, Base64.getEncoder().encodeToString(letter.bytes()));
    }
    return row;
  }

  private static @Nullable String textOf(byte[] bytes) {
    try {
      // A decoder of its own reports what is not UTF-8; String would replace it.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf('\0') < 0 ? text : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
