package io.weir.operators.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.intake.RawRecord.Mark;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Position;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LengthCursorTest {

  private static final int MAX_BYTES = 1_000;

  @TempDir private Path folder;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(file);

  private void record(int length) throws IOException {
    out.writeInt(length);
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) length);
    out.write(bytes);
  }

  private Cursor open(Position from) throws IOException {
    Path path = Files.write(folder.resolve("spans.bin"), file.toByteArray());
    return Framing.lengths().open(path.toString(), from, MAX_BYTES);
  }

  private static List<RawRecord> rest(Cursor cursor) throws IOException {
    List<RawRecord> records = new ArrayList<>();
    for (RawRecord record = cursor.next(); record != null; record = cursor.next()) {
      records.add(record);
    }
    return records;
  }

  @Test
  void deliversRecordsWithTheirNumbers() throws IOException {
    record(5);
    record(0);
    record(MAX_BYTES);

    try (Cursor cursor = open(Position.START)) {
      assertThat(rest(cursor))
          .extracting(RawRecord::position, each -> each.bytes().length)
          .containsExactly(tuple(1L, 5), tuple(2L, 0), tuple(3L, MAX_BYTES));
    }
  }

  @Test
  void goesOnBehindARecord() throws IOException {
    record(5);
    record(70);
    record(6);
    Position behindTwo;
    try (Cursor cursor = open(Position.START)) {
      cursor.next();
      cursor.next();
      behindTwo = cursor.position();
    }

    try (Cursor cursor = open(behindTwo)) {
      assertThat(rest(cursor))
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.position()).isEqualTo(3);
                assertThat(record.bytes()).containsOnly(6).hasSize(6);
              });
    }
  }

  @Test
  void cutsARecordThatIsTooLong() throws IOException {
    record(MAX_BYTES + 1);
    record(5);

    try (Cursor cursor = open(Position.START)) {
      List<RawRecord> records = rest(cursor);

      assertThat(records).extracting(RawRecord::mark).containsExactly(Mark.OVERSIZED, Mark.DATA);
      assertThat(records.get(0).bytes()).hasSize(MAX_BYTES);
      assertThat(records.get(1).bytes()).hasSize(5);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 500, 2_000})
  void aFileThatEndsInsideARecordFails(int missing) throws IOException {
    record(5);
    record(2_000);
    byte[] whole = file.toByteArray();
    file.reset();
    file.write(whole, 0, whole.length - missing);

    try (Cursor cursor = open(Position.START)) {
      assertThatThrownBy(() -> rest(cursor))
          .isInstanceOf(EOFException.class)
          .hasMessageEndingWith("spans.bin ends inside record 2, which begins at byte 9");
    }
  }
}
