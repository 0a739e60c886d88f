package io.weir.jobs.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowEncoderTest {

  private static final List<Row> ROWS = Samples.rows(new SplittableRandom(7));
  private static final Schema SCHEMA = Samples.SCHEMA;
  private static final ObjectMapper JACKSON = new ObjectMapper();

  @Test
  void jsonReadByJacksonHasEveryValue() throws IOException {
    List<String> lines = new String(file(RowFormat.JSON), StandardCharsets.UTF_8).lines().toList();

    assertThat(lines).hasSameSizeAs(ROWS);
    for (int i = 0; i < lines.size(); i++) {
      JsonNode read = JACKSON.readTree(lines.get(i));
      assertThat(read.size()).isEqualTo(SCHEMA.size());
      for (int column = 0; column < SCHEMA.size(); column++) {
        assertJson(read.get(SCHEMA.column(column).name()), ROWS.get(i), column);
      }
    }
  }

  private static void assertJson(JsonNode read, Row row, int column) throws IOException {
    boolean notANumber =
        SCHEMA.type(column) == ColumnType.DOUBLE && !Double.isFinite(row.doubleAt(column));
    if (row.isNull(column) || notANumber) {
      assertThat(read.isNull()).isTrue();
      return;
    }
    switch (SCHEMA.type(column)) {
      case STRING -> assertThat(read.textValue()).isEqualTo(row.textAt(column));
      case LONG -> assertThat(read.longValue()).isEqualTo(row.longAt(column));
      case DOUBLE -> assertThat(read.doubleValue()).isEqualTo(row.doubleAt(column));
      case BOOLEAN -> assertThat(read.booleanValue()).isEqualTo(row.booleanAt(column));
      case TIME -> assertThat(read.textValue()).isEqualTo(instant(row.longAt(column)).toString());
      case JSON -> assertThat(read).isEqualTo(JACKSON.readTree(row.textAt(column)));
    }
  }

  @Test
  void csvReadByFastCsvHasEveryValueAndTellsNullFromEmpty() throws IOException {
    String text = new String(file(RowFormat.CSV), StandardCharsets.UTF_8);
    List<CsvRecord> records = CsvReader.builder().ofCsvRecord(text).stream().toList();

    assertThat(records.get(0).getFields()).isEqualTo(SCHEMA.names());
    assertThat(records).hasSize(ROWS.size() + 1);
    for (int i = 0; i < ROWS.size(); i++) {
      for (int column = 0; column < SCHEMA.size(); column++) {
        assertThat(records.get(i + 1).getField(column)).isEqualTo(csv(ROWS.get(i), column));
      }
    }
    Row empty = new Row(2);
    empty.setText(0, "");
    Schema two = Schema.of(new Column("a", ColumnType.STRING), new Column("b", ColumnType.STRING));
    assertThat(new String(one(RowFormat.CSV, two, empty), StandardCharsets.UTF_8))
        .isEqualTo("\"\",");
  }

  private static String csv(Row row, int column) {
    if (row.isNull(column)) {
      return "";
    }
    return switch (SCHEMA.type(column)) {
      case STRING, JSON -> row.textAt(column);
      case LONG -> "" + row.longAt(column);
      case DOUBLE -> "" + row.doubleAt(column);
      case BOOLEAN -> "" + row.booleanAt(column);
      case TIME -> instant(row.longAt(column)).toString();
    };
  }

  @Test
  void avroReadByAvroHasEveryValueInFilesAndAlone() throws IOException {
    List<GenericRecord> inFile = new ArrayList<>();
    try (var reader =
        new DataFileReader<GenericRecord>(
            new SeekableByteArrayInput(file(RowFormat.AVRO)), new GenericDatumReader<>())) {
      reader.forEachRemaining(inFile::add);
    }

    assertThat(inFile).hasSameSizeAs(ROWS);
    org.apache.avro.Schema schema = inFile.get(0).getSchema();
    assertThat(schema.getField("at").schema().getTypes().get(1).getLogicalType().getName())
        .isEqualTo("timestamp-micros");
    assertThat(schema.getField("share_of__all_").getProp("column")).isEqualTo("share-of \"all\"");
    for (int i = 0; i < ROWS.size(); i++) {
      byte[] alone = one(RowFormat.AVRO, SCHEMA, ROWS.get(i));
      GenericRecord record =
          new GenericDatumReader<GenericRecord>(schema)
              .read(null, DecoderFactory.get().binaryDecoder(alone, null));
      assertThat(record).isEqualTo(inFile.get(i));
      for (int column = 0; column < SCHEMA.size(); column++) {
        assertThat(avro(inFile.get(i).get(column))).isEqualTo(plain(ROWS.get(i), column));
      }
    }
  }

  private static Object avro(Object value) {
    return value instanceof CharSequence text ? text.toString() : value;
  }

  private static @Nullable Object plain(Row row, int column) {
    if (row.isNull(column)) {
      return null;
    }
    return switch (SCHEMA.type(column)) {
      case STRING, JSON -> row.textAt(column);
      case LONG, TIME -> row.longAt(column);
      case DOUBLE -> row.doubleAt(column);
      case BOOLEAN -> row.booleanAt(column);
    };
  }

  @Test
  void timesPrintAsInstantsDo() {
    SplittableRandom random = new SplittableRandom(11);
    TimeText text = new TimeText();

    for (long micros : new long[] {0, -1, 1_000, 1_000_000, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThat(text.of(micros)).isEqualTo(instant(micros).toString());
    }
    for (int i = 0; i < 20_000; i++) {
      long micros = random.nextLong() >> random.nextInt(40);
      assertThat(text.of(micros)).isEqualTo(instant(micros).toString());
    }
  }

  @Test
  void halfASurrogatePairBecomesTheReplacementCharacter() throws IOException {
    Schema schema = Schema.of(new Column("a", ColumnType.STRING));
    Row row = new Row(1);
    row.setText(0, "x\uD83Dy\uDE42\uD83D\uDE42\uD83D");

    for (RowFormat format : RowFormat.values()) {
      assertThat(new String(one(format, schema, row), StandardCharsets.UTF_8))
          .contains("x\uFFFDy\uFFFD\uD83D\uDE42\uFFFD");
    }
  }

  @Test
  void jsonColumnsAreEmbeddedOnOneLineAndBrokenOnesRefused() throws IOException {
    Schema schema = Schema.of(new Column("a", ColumnType.JSON));
    Row row = new Row(1);
    row.setText(0, "{\n \"n\" : 123456789012345678901234567890.10 }");

    assertThat(new String(one(RowFormat.JSON, schema, row), StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":{\"n\":123456789012345678901234567890.10}}");
    for (String broken : List.of("", "{", "{} {}", "no", "[1,]")) {
      row.setText(0, broken);
      assertThatThrownBy(() -> one(RowFormat.JSON, schema, row)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void someColumnsMakeAKey() throws IOException {
    Row row = new Row(SCHEMA.size());
    row.setText(0, "a");
    row.setLong(4, 0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    new JsonRowEncoder(SCHEMA, List.of("at", "text")).encode(row, out);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\",\"text\":\"a\"}");
  }

  private static byte[] file(RowFormat format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowFile file = format.encoder(SCHEMA).startFile(out);
    for (Row row : ROWS) {
      file.add(row);
    }
    file.finish();
    return out.toByteArray();
  }

  private static byte[] one(RowFormat format, Schema schema, Row row) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.encoder(schema).encode(row, out);
    return out.toByteArray();
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
