package io.weir.jobs.letters;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes letters of the rows of a dead-letter sink: JSON objects, of which several belong together
 * where a record was too long for one.
 */
final class LetterRows {

  /** Of letters of which some parts have come, all together. */
  private static final long MAX_WAITING_BYTES = 256L << 20;

  private static final int MAX_TEXT = 64 << 20;
  private static final Pattern PART =
      Pattern.compile("(.*) \\(bytes (\\d{1,9}) to (\\d{1,9}) of (\\d{1,9})\\)");
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(MAX_TEXT).build())
                  .build())
          // Two letters in one line: the second must not be lost.
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Consumer<Letter> reader;
  private final Map<String, Parts> waiting = new HashMap<>();

  /** The letters that were put together: few, for each has more bytes than a row takes. */
  private final Set<String> whole = new HashSet<>();

  private long waitingBytes;

  LetterRows(Consumer<Letter> reader) {
    this.reader = reader;
  }

  /** The parts of one letter. */
  private static final class Parts {
    private final byte[] bytes;
    private final Set<Integer> starts = new HashSet<>();
    private int missing;

    Parts(int length) {
      bytes = new byte[length];
      missing = length;
    }
  }

  /**
   * Takes a row.
   *
   * @param place of the row, for messages
   */
  void row(byte[] json, String place) throws IOException {
    Letter letter = letter(json, place);
    Matcher part = PART.matcher(letter.detail());
    if (part.matches() && isPart(part, letter.bytes().length)) {
      join(letter, part);
    } else {
      reader.accept(letter);
    }
  }

  static Letter letter(byte[] json, String place) throws IOException {
    JsonNode row;
    try {
      row = JSON.readTree(json);
    } catch (IOException e) {
      throw new IOException(place + ": not JSON: " + firstLine(e), e);
    }
    if (!row.path("reason").isTextual()
        || !row.path("detail").isTextual()
        || !row.path("origin").isTextual()
        || !row.path("position").isIntegralNumber()
        || row.path("text").isTextual() == row.path("base64").isTextual()) {
      throw new IOException(
          place
              + ": no dead letter: it needs reason, detail, origin, position, and text or base64");
    }
    return new Letter(
        row.path("reason").textValue(),
        row.path("detail").textValue(),
        row.path("origin").textValue(),
        row.path("position").longValue(),
        bytes(row, place));
  }

  private static byte[] bytes(JsonNode row, String place) throws IOException {
    try {
      return row.path("text").isTextual()
          ? row.path("text").textValue().getBytes(StandardCharsets.UTF_8)
          : row.path("base64").binaryValue();
    } catch (IOException e) {
      throw new IOException(place + ": base64 cannot be read: " + firstLine(e), e);
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** A detail may happen to end in the same words. */
  private static boolean isPart(Matcher part, int length) {
    int from = Integer.parseInt(part.group(2));
    int to = Integer.parseInt(part.group(3));
    return to - from + 1 == length && to <= Integer.parseInt(part.group(4)) && from >= 1;
  }

  private void join(Letter letter, Matcher part) throws IOException {
    if (whole.contains(letter.id())) {
      // A sink that is at least once may repeat some parts of a letter, and others not.
      return;
    }
    int length = Integer.parseInt(part.group(4));
    Parts parts = waiting.get(letter.id());
    if (parts == null) {
      reserve(length, letter);
      parts = new Parts(length);
      waiting.put(letter.id(), parts);
    }
    int start = Integer.parseInt(part.group(2)) - 1;
    if (parts.bytes.length == length && parts.starts.add(start)) {
      System.arraycopy(letter.bytes(), 0, parts.bytes, start, letter.bytes().length);
      parts.missing -= letter.bytes().length;
    }
    if (parts.missing == 0) {
      waiting.remove(letter.id());
      whole.add(letter.id());
      waitingBytes -= length;
      reader.accept(
          new Letter(
              letter.reason(), part.group(1), letter.origin(), letter.position(), parts.bytes));
    }
  }

  private void reserve(int length, Letter letter) throws IOException {
    if (waitingBytes + length > MAX_WAITING_BYTES) {
      throw new IOException(
          "parts of %d letters wait for others, and with %s they have more than %d bytes"
              .formatted(waiting.size(), letter.id(), MAX_WAITING_BYTES));
    }
    waitingBytes += length;
  }

  /** Ends the reading: a letter of which a part is missing must not go unnoticed. */
  void end() throws IOException {
    if (!waiting.isEmpty()) {
      throw new IOException(
          "a part is missing of "
              + waiting.size()
              + " letters, such as "
              + waiting.keySet().iterator().next());
    }
  }
}
