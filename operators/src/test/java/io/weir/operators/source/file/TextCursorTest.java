package io.weir.operators.source.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCursorTest {

  private static final int UNBOUNDED = FileOrigins.DEFAULT_MAX_RECORD_BYTES;
  private static final Framing CSV = Framing.csv(',', '"', null);

  @TempDir Path folder;

  @Test
  void deliversLinesWithTheirNumbersAndLeavesEmptyOnesOut() throws IOException {
    String file = "one\r\n\n\r\ntwo\nth\rree\nlast";

    assertThat(read(Framing.lines(), file, UNBOUNDED))
        .containsExactly("1:one", "4:two", "5:th\rree", "6:last");
  }

  @Test
  void deliversCsvRecordsWithLineFeedsInsideQuotes() throws IOException {
    String file = "a,\"b\nc\"\"\n\",d\nplain \"quote,x\n\"\",\n\"un,\"\"closed";

    assertThat(read(CSV, file, UNBOUNDED))
        .containsExactly(
            "1:a,\"b\nc\"\"\n\",d", "4:plain \"quote,x", "5:\"\",", "6:\"un,\"\"closed");
  }

  @Test
  void leavesHeaderAndByteOrderMarkOut() throws IOException {
    Framing csv = Framing.csv(';', '"', accepting("a;\"b\n\""));

    assertThat(read(csv, "\u00ef\u00bb\u00bf\na;\"b\n\"\n1;2\n", UNBOUNDED))
        .containsExactly("4:1;2");
    assertThat(read(csv, "a;\"b\n\"", UNBOUNDED)).isEmpty();
    assertThat(read(csv, "a;\"b\n\"\r\n1;2\r\n", UNBOUNDED)).containsExactly("3:1;2");
    assertThat(read(csv, "\r\n", UNBOUNDED)).isEmpty();
    assertThat(read(Framing.lines(), "\u00ef\u00bb\u00bfa", UNBOUNDED)).containsExactly("1:a");
    assertThat(read(Framing.lines(), "\u00ef\u00bb", UNBOUNDED)).containsExactly("1:\u00ef\u00bb");
  }

  @Test
  void refusesAFileWithAnotherHeaderWhenItIsOpened() throws IOException {
    Framing csv = Framing.csv(',', '"', accepting("a,b"));

    for (String name : List.of("x.csv", "x.csv.gz")) {
      Path file = write(name, "\u00ef\u00bb\u00bfb,a\r\n1,2\r\n");
      assertThatThrownBy(() -> open(csv, file, UNBOUNDED)).hasMessage(file + ": b,a");
    }
  }

  @Test
  void aHeaderMayBeLongerThanRecordsMayBeAndIsCheckedOnce() throws IOException {
    Framing csv = Framing.csv(',', '"', accepting("first,second"));
    Path file = write("x.csv", "first,second\n1,2\n3,45\n6,7\n");

    for (int restart = 0; restart <= 3; restart++) {
      assertThat(readTwice(csv, file, 3, restart))
          .containsExactly("2:1,2", "3:3,4 oversized", "4:6,7");
    }
  }

  private static FileHeader accepting(String expected) {
    return (name, record) -> {
      String found = new String(record, ISO_8859_1);
      if (!found.equals(expected)) {
        throw new IOException(name + ": " + found);
      }
    };
  }

  @Test
  void cutsWhatIsTooLongAndGoesOnBehindTheNextLineFeed() throws IOException {
    assertThat(read(Framing.lines(), "1234\r\n12345\n123456789\nab", 4))
        .containsExactly("1:1234", "2:1234 oversized", "3:1234 oversized", "4:ab");
    assertThat(read(CSV, "\"\n34567\nab\n", 4)).containsExactly("1:\"\n34 oversized", "3:ab");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lines", "csv"})
  void agreesWithASlowReaderAndGoesOnFromEveryPosition(String kind) throws IOException {
    Framing framing = kind.equals("csv") ? CSV : Framing.lines();
    for (int seed = 0; seed < 120; seed++) {
      String content = content(new Random(seed));
      int bound = seed % 3 == 0 ? 1 + seed % 7 : UNBOUNDED;
      List<String> expected = slowly(content, kind.equals("csv"), bound);
      Path file = write(seed % 2 == 0 ? "a.log" : "a.log.gz", content);

      for (int restart = 0; restart <= expected.size(); restart++) {
        assertThat(readTwice(framing, file, bound, restart)).as("seed " + seed).isEqualTo(expected);
      }
    }
  }

  @Test
  void readsRecordsThatAreLargerThanItsBuffer() throws IOException {
    String large = "x".repeat(700_000);

    List<RawRecord> records =
        drain(open(Framing.lines(), write("a", "a\n" + large + "\nb"), UNBOUNDED));

    assertThat(records).extracting(record -> record.bytes().length).containsExactly(1, 700_000, 1);
  }

  @Test
  void countsItsWorkInBytesOfTheFile() throws IOException {
    Path file = write("a.gz", "hello\n".repeat(1000));

    try (Cursor cursor = open(Framing.lines(), file, UNBOUNDED)) {
      drain(cursor);
      assertThat(cursor.workDone()).isEqualTo(Files.size(file));
      assertThat(cursor.position()).isEqualTo(new Position(6000, 0, 1000));
    }
  }

  @Test
  void namesFileAndByteOfDamage() throws IOException {
    byte[] good = GzipStreamTest.gzip("hello\n".repeat(50_000).getBytes(ISO_8859_1));
    Path file = folder.resolve("bad.gz");
    Files.write(file, GzipStreamTest.join(good, Arrays.copyOf(good, good.length / 2)));

    assertThatThrownBy(() -> drain(open(Framing.lines(), file, UNBOUNDED)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("at byte ")
        .hasMessageContaining("gzip data ends too early");
  }

  @Test
  void refusesAFileThatIsMissingOrBecameShorter() throws IOException {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> open(Framing.lines(), missing, UNBOUNDED))
        .hasMessageContaining("cannot open " + missing);

    for (String name : List.of("short", "short.gz")) {
      Path file = write(name, "12345");
      assertThatThrownBy(
              () -> Framing.lines().open(file.toString(), new Position(6, 0, 1), UNBOUNDED))
          .hasMessageContaining(file.toString())
          .hasMessageContaining("ends before byte 6");
    }
  }

  private static String content(Random random) {
    String alphabet = "ab,\"\"\n\n\r";
    StringBuilder content = new StringBuilder();
    for (int left = random.nextInt(60); left > 0; left--) {
      content.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return content.toString();
  }

  /** The oracle: one character at a time, on the whole text. */
  private static List<String> slowly(String text, boolean csv, int bound) {
    List<String> records = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = csv ? csvEnd(text, start) : lineEnd(text, start);
      String record = text.substring(start, end);
      record = record.endsWith("\r") ? record.substring(0, record.length() - 1) : record;
      long line = 1 + text.substring(0, start).chars().filter(c -> c == '\n').count();
      if (record.length() > bound) {
        records.add(line + ":" + record.substring(0, bound) + " oversized");
        end = lineEnd(text, start + bound);
      } else if (!record.isEmpty()) {
        records.add(line + ":" + record);
      }
      start = end + 1;
    }
    return records;
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static int csvEnd(String text, int start) {
    int i = start;
    boolean fieldStart = true;
    while (i < text.length() && text.charAt(i) != '\n') {
      if (fieldStart && text.charAt(i) == '"') {
        i++;
        while (i < text.length() && (text.charAt(i) != '"' || text.startsWith("\"\"", i))) {
          i += text.charAt(i) == '"' ? 2 : 1;
        }
        fieldStart = false;
        i++;
      } else {
        fieldStart = text.charAt(i) == ',';
        i++;
      }
    }
    return Math.min(i, text.length());
  }

  private List<String> read(Framing framing, String content, int maxBytes) throws IOException {
    try (Cursor cursor = open(framing, write("file", content), maxBytes)) {
      return describe(drain(cursor));
    }
  }

  private static List<String> readTwice(Framing framing, Path file, int maxBytes, int restart)
      throws IOException {
    List<RawRecord> records = new ArrayList<>();
    Position position;
    try (Cursor cursor = open(framing, file, maxBytes)) {
      for (int i = 0; i < restart; i++) {
        records.add(java.util.Objects.requireNonNull(cursor.next()));
      }
      position = cursor.position();
    }
    try (Cursor cursor = framing.open(file.toString(), position, maxBytes)) {
      records.addAll(drain(cursor));
    }
    return describe(records);
  }

  private static Cursor open(Framing framing, Path file, int maxBytes) throws IOException {
    return framing.open(file.toString(), Position.START, maxBytes);
  }

  private static List<RawRecord> drain(Cursor cursor) throws IOException {
    List<RawRecord> records = new ArrayList<>();
    for (RawRecord record = cursor.next(); record != null; record = cursor.next()) {
      records.add(record);
    }
    assertThat(cursor.waitMillis()).isEqualTo(Cursor.FINISHED);
    return records;
  }

  private static List<String> describe(List<RawRecord> records) {
    return records.stream()
        .map(
            record ->
                record.position()
                    + ":"
                    + new String(record.bytes(), ISO_8859_1)
                    + (record.mark() == RawRecord.Mark.OVERSIZED ? " oversized" : ""))
        .toList();
  }

  private Path write(String name, String content) throws IOException {
    byte[] bytes = content.getBytes(ISO_8859_1);
    return Files.write(
        folder.resolve(name), name.endsWith(".gz") ? GzipStreamTest.gzip(bytes) : bytes);
  }
}
