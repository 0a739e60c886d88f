package io.weir.jobs.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.jobs.settings.InvalidSettingsException;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.row.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvroDecoderTest {

  static final String SCHEMA =
      """
      {"type": "record", "name": "Visit", "namespace": "org.example", "fields": [
        {"name": "skipped", "type": {"type": "map", "values": {"type": "array", "items": "string"}}},
        {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "seen", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
        {"name": "status", "type": "int"},
        {"name": "bytes", "type": ["long", "null"]},
        {"name": "ratio", "type": "float"},
        {"name": "score", "type": "double"},
        {"name": "url", "type": ["null", "string"]},
        {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["NEW", "OLD"]}},
        {"name": "ok", "type": "boolean"},
        {"name": "blob", "type": "bytes"},
        {"name": "plain", "type": "long"}]}
      """;
  private static final TimeSettings TIME = Decoded.time("time", TimeSettings.Unit.ISO);

  @TempDir private Path folder;

  static GenericRecord visit(int status) {
    Schema schema = new Schema.Parser().parse(SCHEMA);
    GenericRecord visit = new GenericData.Record(schema);
    visit.put("skipped", Map.of("a", List.of("b", "c")));
    visit.put("time", 1_431_857_103_999L);
    visit.put("seen", -1L);
    visit.put("status", status);
    visit.put("bytes", 5L);
    visit.put("ratio", 0.5f);
    visit.put("score", 2.5);
    visit.put("url", "/ä");
    visit.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "OLD"));
    visit.put("ok", true);
    visit.put("blob", java.nio.ByteBuffer.wrap(new byte[] {1, 2}));
    visit.put("plain", 1_431_857_103L);
    return visit;
  }

  static byte[] bytes(GenericRecord visit) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(visit.getSchema()).write(visit, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new AssertionError("writing into memory", e);
    }
  }

  static FormatSettings format(Path folder, String... more) {
    try {
      Path file = Files.writeString(folder.resolve("visit.avsc"), SCHEMA);
      List<String> settings = new ArrayList<>(Arrays.asList(more));
      settings.add("source={format: avro, avro-schema: '" + file + "'}");
      return Decoded.format(settings.toArray(new String[0]));
    } catch (IOException e) {
      throw new AssertionError("writing a schema", e);
    }
  }

  private Decoder<Row> decoder(String... wanted) {
    FormatSettings format = format(folder);
    return Decoded.open(format.decoder(Decoded.pick(format, wanted), TIME));
  }

  @Test
  void derivesTheColumnsFromTheSchema() {
    assertThat(format(folder).schema().columns())
        .extracting(column -> column.name() + " " + DeclaredSchema.nameOf(column.type()))
        .containsExactly(
            "time time",
            "seen time",
            "status long",
            "bytes long",
            "ratio double",
            "score double",
            "url string",
            "kind string",
            "ok boolean",
            "plain long");
  }

  @Test
  void fillsTheWantedColumnsInTheirOrder() throws BrokenRecordException {
    Decoder<Row> decoder =
        decoder("plain", "ok", "kind", "url", "score", "ratio", "bytes", "status", "seen", "time");

    Row expected = new Row(10);
    expected.setLong(0, 1_431_857_103L);
    expected.setBoolean(1, true);
    expected.setText(2, "OLD");
    expected.setText(3, "/ä");
    expected.setDouble(4, 2.5);
    expected.setDouble(5, 0.5);
    expected.setLong(6, 5);
    expected.setLong(7, 200);
    expected.setLong(8, -1);
    expected.setLong(9, 1_431_857_103_999_000L);
    Decoded decoded = new Decoded(expected, 1_431_857_103_999L);
    assertThat(Decoded.of(decoder, bytes(visit(200)))).isEqualTo(decoded);
  }

  @Test
  void keepsNothingOfTheRecordBefore() throws BrokenRecordException {
    Decoder<Row> decoder = decoder("url", "bytes", "status");
    GenericRecord nulls = visit(7);
    nulls.put("url", null);
    nulls.put("bytes", null);

    Row first = Decoded.of(decoder, bytes(visit(200))).row();
    Row second = Decoded.of(decoder, bytes(nulls)).row();

    Row expected = new Row(3);
    expected.setLong(2, 7);
    assertThat(second).isEqualTo(expected);
    assertThat(first.textAt(0)).isEqualTo("/ä");
  }

  @Test
  void readsAPlainNumberAsTimeInTheUnitOfTheSettings() throws BrokenRecordException {
    FormatSettings format = format(folder, "schema={plain: time, url: string}");
    TimeSettings seconds = Decoded.time("plain", TimeSettings.Unit.S);

    Decoded decoded =
        Decoded.of(
            Decoded.open(format.decoder(Decoded.pick(format, "plain"), seconds)),
            bytes(visit(200)));

    assertThat(decoded.timeMillis()).isEqualTo(1_431_857_103_000L);
    assertThat(decoded.row().longAt(0)).isEqualTo(1_431_857_103_000_000L);
  }

  @Test
  void refusesWhatIsNotOneRecord() {
    Decoder<Row> decoder = decoder("url");
    byte[] good = bytes(visit(200));
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);

      assertThatThrownBy(() -> Decoded.of(decoder, cut)).isInstanceOf(BrokenRecordException.class);
    }
    assertThatThrownBy(() -> Decoded.of(decoder, Arrays.copyOf(good, good.length + 1)))
        .hasMessage("Avro: something follows the record");
  }

  @Test
  void takesNoMemoryForALengthThatIsLongerThanTheRecord() throws IOException {
    byte[] good = bytes(visit(200));
    int length = new String(good, StandardCharsets.ISO_8859_1).indexOf("\u0006/");
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.write(good, 0, length);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(record, null);
    encoder.writeLong(Integer.MAX_VALUE - 16L);
    record.write(good, length + 1, good.length - length - 1);

    assertThatThrownBy(() -> Decoded.of(decoder("url"), record.toByteArray()))
        .isInstanceOf(BrokenRecordException.class);
  }

  @Test
  void refusesAbsurdTimesAndNumbers() {
    GenericRecord late = visit(200);
    late.put("time", Long.MAX_VALUE);
    GenericRecord seenLate = visit(200);
    seenLate.put("seen", Long.MAX_VALUE);
    GenericRecord infinite = visit(200);
    infinite.put("score", Double.NaN);

    assertThatThrownBy(() -> Decoded.of(decoder(), bytes(late)))
        .hasMessage("column time must be an instant in ms, not 9223372036854775807");
    assertThatThrownBy(() -> Decoded.of(decoder("seen"), bytes(seenLate)))
        .hasMessage("column seen must be an instant in us, not 9223372036854775807");
    assertThatThrownBy(() -> Decoded.of(decoder("score"), bytes(infinite)))
        .hasMessage("column score must be a number, not NaN");
  }

  @Test
  void takesTheSchemaThatTheFirstFileCarries() throws IOException {
    assertThat(carried(container()).avroSchema())
        .isEqualTo(new Schema.Parser().parse(SCHEMA).toString());
  }

  @Test
  void namesTheFormatWhenTheFirstFileEndsWithinItsHeader() throws IOException {
    byte[] header = container();
    for (int length = 0; length < header.length; length++) {
      byte[] cut = Arrays.copyOf(header, length);
      assertThatThrownBy(() -> carried(cut))
          .isInstanceOfSatisfying(
              InvalidSettingsException.class,
              e ->
                  assertThat(e.problems())
                      .singleElement()
                      .asString()
                      .contains("source.format: avro needs the schema in the first file: "));
    }
  }

  private static byte[] container() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>())) {
      writer.create(visit(0).getSchema(), file);
    }
    return file.toByteArray();
  }

  private static FormatSettings carried(byte[] file) {
    Problems problems = new Problems();
    Section job = Decoded.settings(problems, "source={format: avro}");
    FormatSettings format =
        FormatSettings.read(job.section("source"), job, () -> new ByteArrayInputStream(file));
    problems.throwIfAny();
    return format;
  }

  @Test
  void refusesDeclarationsThatTheSchemaDoesNotFulfil() {
    assertThatThrownBy(
            () -> format(folder, "schema={status: string, nope: long, blob: string, time: time}"))
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(3)
                    .anyMatch(
                        p -> p.endsWith("declares status as string, but Avro's schema has \"int\""))
                    .anyMatch(p -> p.endsWith("declares nope, which Avro's schema does not have"))
                    .anyMatch(
                        p ->
                            p.endsWith(
                                "declares blob as string, but Avro's schema has \"bytes\"")));
  }
}
