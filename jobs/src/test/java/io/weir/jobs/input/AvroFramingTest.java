package io.weir.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroFramingTest {

  private static final int BOUND = 1000;
  private static final int RECORDS = 500;
  private static final Schema SCHEMA =
      SchemaBuilder.record("Event")
          .fields()
          .requiredLong("id")
          .optionalString("text")
          .name("list")
          .type()
          .array()
          .items()
          .doubleType()
          .noDefault()
          .endRecord();

  @TempDir Path folder;

  private final AvroFraming framing = new AvroFraming("");
  private final List<byte[]> expected = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate"})
  void deliversEachDatumAsItIsEncodedAndGoesOnFromEveryPosition(String codec) throws IOException {
    Path file = write(codec);

    for (int restart = 0; restart <= RECORDS; restart += 31) {
      List<RawRecord> records = new ArrayList<>();
      Position position = Position.START;
      try (Cursor cursor = framing.open(file.toString(), position, BOUND)) {
        for (int i = 0; i < restart; i++) {
          records.add(Objects.requireNonNull(cursor.next()));
        }
        position = cursor.position();
      }
      try (Cursor cursor = framing.open(file.toString(), position, BOUND)) {
        drain(cursor, records);
        assertThat(cursor.workDone()).isEqualTo(Files.size(file));
      }

      assertThat(records).extracting(RawRecord::bytes).containsExactlyElementsOf(expected);
      assertThat(records.get(RECORDS - 1).position()).isEqualTo(RECORDS);
      assertThat(records.get(0).origin()).isEqualTo(file.toString());
    }
  }

  @Test
  void readsBlocksOfASingleByte() throws IOException {
    Schema bool = Schema.create(Schema.Type.BOOLEAN);
    Path file = folder.resolve("tiny.avro");
    try (DataFileWriter<Boolean> writer = new DataFileWriter<>(new GenericDatumWriter<>(bool))) {
      writer.create(bool, file.toFile());
      for (boolean value : new boolean[] {true, false, true}) {
        writer.append(value);
        writer.sync();
      }
    }

    List<RawRecord> records = new ArrayList<>();
    drain(framing.open(file.toString(), Position.START, BOUND), records);

    assertThat(records)
        .extracting(RawRecord::bytes)
        .containsExactly(new byte[] {1}, new byte[] {0}, new byte[] {1});
  }

  @Test
  void marksADatumThatIsTooLong() throws IOException {
    Path file = write("null");

    List<RawRecord> records = new ArrayList<>();
    drain(framing.open(file.toString(), Position.START, 5), records);

    assertThat(records).hasSize(RECORDS);
    assertThat(records)
        .allSatisfy(
            record -> {
              byte[] whole = expected.get((int) record.position() - 1);
              boolean oversized = whole.length > 5;
              assertThat(record.mark() == RawRecord.Mark.OVERSIZED).isEqualTo(oversized);
              assertThat(record.bytes()).isEqualTo(Arrays.copyOf(whole, Math.min(5, whole.length)));
            });
  }

  @Test
  void refusesAFileThatWasWrittenWithAnotherSchema() throws IOException {
    String other = "{\"type\":\"record\",\"name\":\"Other\",\"fields\":[]}";
    String file = write("null").toString();

    assertThatThrownBy(() -> new AvroFraming(other).open(file, Position.START, 1 << 20))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file)
        .hasMessageContaining("another schema");
  }

  @Test
  void namesAFileThatIsDamagedOrNoContainer() throws IOException {
    Path file = write("null");
    byte[] bytes = Files.readAllBytes(file);
    for (int missing : new int[] {1, 16, 17, 100, bytes.length / 2}) {
      Files.write(file, Arrays.copyOf(bytes, bytes.length - missing));
      assertThatThrownBy(
              () -> drain(framing.open(file.toString(), Position.START, BOUND), new ArrayList<>()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file.toString());
    }

    Files.writeString(file, "no container");
    assertThatThrownBy(() -> framing.open(file.toString(), Position.START, BOUND))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  private static void drain(Cursor cursor, List<RawRecord> records) throws IOException {
    for (RawRecord record = cursor.next(); record != null; record = cursor.next()) {
      records.add(record);
    }
  }

  private Path write(String codec) throws IOException {
    Path file = folder.resolve(codec + ".avro");
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
      writer.setCodec(CodecFactory.fromString(codec)).setSyncInterval(200);
      writer.create(SCHEMA, file.toFile());
      for (int i = 0; i < RECORDS; i++) {
        GenericRecord record = record(i);
        writer.append(record);
        expected.add(encode(record));
      }
    }
    return file;
  }

  private static GenericRecord record(int i) {
    GenericRecord record = new GenericData.Record(SCHEMA);
    record.put("id", (long) i);
    record.put("text", i % 3 == 0 ? null : "x".repeat(i % 40));
    record.put("list", i % 2 == 0 ? List.of() : List.of(1.5, (double) i));
    return record;
  }

  private static byte[] encode(GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(SCHEMA).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
