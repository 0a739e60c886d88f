package io.weir.operators.source.ordered;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Position;
import io.weir.operators.source.file.FileOrigins;
import io.weir.operators.source.file.Framing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderedOriginsTest {

  private static final int FILES = 3;
  private static final int LINES = 1700;

  @TempDir Path folder;

  private record Line(@Nullable Integer key, String expected) {}

  private final List<Line> lines = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {10_000, 1 << 30})
  void sortsAllFilesStablyWhateverFitsIntoMemory(long memoryBytes) throws IOException {
    writeFiles();
    OrderedOrigins ordered = ordered(memoryBytes);

    assertThat(drain(ordered, Position.START, Integer.MAX_VALUE)).isEqualTo(sorted());
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void goesOnBehindTheRecordsThatWereDelivered() throws IOException {
    writeFiles();
    OrderedOrigins ordered = ordered(10_000);
    for (int count : new int[] {0, 1500, FILES * LINES}) {
      List<String> all = new ArrayList<>();
      Position position;
      try (Cursor cursor = ordered.open(ordered.list().get(0), Position.START)) {
        for (int i = 0; i < count; i++) {
          all.add(describe(take(cursor)));
        }
        position = cursor.position();
      }

      all.addAll(drain(ordered, position, Integer.MAX_VALUE));

      assertThat(all).isEqualTo(sorted());
    }
  }

  @Test
  void doesABoundedAmountOfWorkACallAndCountsIt() throws IOException {
    writeFiles();
    OrderedOrigins ordered = ordered(10_000);
    Origin origin = ordered.list().get(0);
    assertThat(origin.work()).isEqualTo(2 * ordered.inputWork());

    try (Cursor cursor = ordered.open(origin, Position.START)) {
      int calls = 0;
      long last = 0;
      while (cursor.next() == null) {
        assertThat(cursor.waitMillis()).isZero();
        assertThat(cursor.workDone()).isGreaterThanOrEqualTo(last);
        last = cursor.workDone();
        calls++;
      }
      assertThat(calls).isGreaterThan(FILES * LINES / 1000);
      while (cursor.next() != null) {
        // to the end
      }
      assertThat(cursor.workDone()).isEqualTo(origin.work());
    }
  }

  @Test
  void refusesToGoOnWithOtherFiles() throws IOException {
    writeFiles();
    OrderedOrigins ordered = ordered(10_000);
    Position position;
    try (Cursor cursor = ordered.open(ordered.list().get(0), Position.START)) {
      take(cursor);
      position = cursor.position();
    }
    Files.writeString(folder.resolve("in/new"), "1 x\n");

    assertThatThrownBy(() -> drain(ordered(10_000), position, 1))
        .hasMessageContaining("cannot go on with the sorted in");
  }

  private OrderedOrigins ordered(long memoryBytes) throws IOException {
    FileOrigins files =
        new FileOrigins(List.of(folder.resolve("in").toString()), Framing.lines(), 30);
    return new OrderedOrigins(
        "in",
        files.list(),
        files,
        new LeadingNumber(),
        memoryBytes,
        folder.resolve("tmp").toString());
  }

  private void writeFiles() throws IOException {
    Random random = new Random(11);
    Files.createDirectories(folder.resolve("in"));
    int number = 0;
    for (int file = 0; file < FILES; file++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < LINES; i++) {
        number++;
        int key = random.nextInt(200);
        boolean broken = random.nextInt(50) == 0;
        boolean oversized = random.nextInt(50) == 0;
        String line = (broken ? "broken " : key + " ") + number + (oversized ? "-".repeat(40) : "");
        text.append(line).append('\n');
        String bytes = oversized ? line.substring(0, 30) : line;
        lines.add(
            new Line(
                broken || oversized ? null : key,
                (oversized ? "OVERSIZED" : "DATA") + " in " + number + " " + bytes));
      }
      Files.writeString(folder.resolve("in/" + file + ".log"), text);
    }
  }

  private List<String> sorted() {
    return lines.stream()
        .sorted(Comparator.comparing(Line::key, Comparator.nullsLast(Comparator.naturalOrder())))
        .map(Line::expected)
        .toList();
  }

  private static List<String> drain(OrderedOrigins ordered, Position from, int most)
      throws IOException {
    List<String> records = new ArrayList<>();
    try (Cursor cursor = ordered.open(ordered.list().get(0), from)) {
      while (records.size() < most) {
        RawRecord record = cursor.next();
        if (record != null) {
          records.add(describe(record));
        } else if (cursor.waitMillis() == Cursor.FINISHED) {
          break;
        }
      }
    }
    return records;
  }

  private static RawRecord take(Cursor cursor) throws IOException {
    while (true) {
      RawRecord record = cursor.next();
      if (record != null) {
        return record;
      }
      assertThat(cursor.waitMillis()).isZero();
    }
  }

  private static String describe(RawRecord record) {
    return Stream.of(
            record.mark(), record.origin(), record.position(), new String(record.bytes(), US_ASCII))
        .map(Object::toString)
        .collect(java.util.stream.Collectors.joining(" "));
  }

  private static final class LeadingNumber implements SortKey {

    private static final long serialVersionUID = 1;

    @Override
    public byte @Nullable [] keyOf(byte[] record) {
      String text = new String(record, US_ASCII);
      int number;
      try {
        number = Integer.parseInt(text.substring(0, text.indexOf(' ')));
      } catch (NumberFormatException e) {
        return null;
      }
      return new KeyBytes().addLong(number).take();
    }
  }
}
