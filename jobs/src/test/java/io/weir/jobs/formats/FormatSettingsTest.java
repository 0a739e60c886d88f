package io.weir.jobs.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.jobs.formats.FormatSettings.FirstFile;
import io.weir.jobs.settings.InvalidSettingsException;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import io.weir.operators.source.file.FileHeader;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatSettingsTest {

  private static FormatSettings read(@Nullable FirstFile file, String... overrides) {
    Problems problems = new Problems();
    Section job = Decoded.settings(problems, overrides);
    Section source = job.section("source");
    FormatSettings format = FormatSettings.read(source, job, file);
    source.done();
    Section time = job.sectionOrEmpty("time");
    TimeSettings.read(time, format);
    time.done();
    job.done();
    problems.throwIfAny();
    return format;
  }

  private static FirstFile file(String text) {
    return () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> problems(@Nullable FirstFile file, String... overrides) {
    try {
      read(file, overrides);
      return List.of();
    } catch (InvalidSettingsException e) {
      return e.problems().stream()
          .map(p -> p.replaceFirst("^--set (?:[^:]*: (?=[a-z.-]+: ))?", ""))
          .toList();
    }
  }

  @Test
  void readsAColumnOfEachType() {
    FormatSettings format =
        read(
            null,
            "source.format=json",
            "schema={time: time, a: string, b: long, c: double, d: boolean}");

    assertThat(format.schema())
        .isEqualTo(
            Schema.of(
                new Column("time", ColumnType.TIME),
                new Column("a", ColumnType.STRING),
                new Column("b", ColumnType.LONG),
                new Column("c", ColumnType.DOUBLE),
                new Column("d", ColumnType.BOOLEAN)));
    assertThat(format.framing()).isEqualTo(Framing.LINES);
  }

  @Test
  void namesTheKeyOfEachMistake() {
    assertThat(problems(null, "source={}", "schema={time: time}"))
        .containsExactly("source.format: is missing");
    assertThat(problems(null, "source.format=xml", "schema={time: time}"))
        .containsExactly(
            "source.format: must be one of json, apache-combined, csv, avro, otlp-json, otlp-proto,"
                + " not xml");
    assertThat(problems(null, "source.format=json")).containsExactly("schema: is missing");
    assertThat(problems(null, "source.format=json", "schema={}"))
        .containsExactly("schema: must declare at least one column");
    assertThat(problems(null, "source.format=json", "schema={time: time, '': long}"))
        .containsExactly("schema: declares a column without a name");
    assertThat(problems(null, "source.format=json", "schema={time: time, '@record': string}"))
        .containsExactly("schema: declares @record, a name that jobs use themselves");
    assertThat(problems(null, "source.format=json", "schema={time: time, a: json}"))
        .containsExactly("schema.a: must be one of string, long, double, boolean, time, not json");
    assertThat(problems(null, "source={format: json, csv: {quote: x}}", "schema={time: time}"))
        .containsExactly("source.csv: is unknown; allowed here: format");
    assertThat(problems(null, "source={format: apache-combined}", "schema={time: time}"))
        .singleElement()
        .asString()
        .startsWith("schema: must not be given: apache-combined has the columns host, ident");
  }

  @Test
  void boundsTheNumberOfColumns() {
    String columns =
        IntStream.range(0, 64).mapToObj(i -> "c" + i + ": long").collect(Collectors.joining(", "));

    assertThat(problems(null, "source.format=json", "schema={time: time, " + columns + "}"))
        .containsExactly("schema: declares 65 columns; at most 64 are allowed");
  }

  @Test
  void checksTheColumnOfTheEventTime() {
    String schema = "schema={time: time, ts: long, url: string}";

    assertThat(problems(null, "source.format=json", schema, "time={field: ts, unit: ms}"))
        .isEmpty();
    assertThat(problems(null, "source.format=json", schema, "time={unit: ms}")).isEmpty();
    assertThat(problems(null, "source.format=json", schema, "time.field=when"))
        .containsExactly("time.field: must be a column, not when; there are [time, ts, url]");
    assertThat(problems(null, "source.format=json", "schema={url: string}"))
        .containsExactly("time.field: must be a column, not time; there are [url]");
    assertThat(problems(null, "source.format=json", schema, "time.field=url"))
        .containsExactly("time.field: must be a column of type time or long, not string");
    assertThat(problems(null, "source.format=json", schema, "time.field=ts"))
        .containsExactly("time.unit: must be s, ms, us or ns, since ts is declared as long");
    assertThat(problems(null, "source.format=json", schema, "time.unit=min"))
        .containsExactly("time.unit: must be one of iso, s, ms, us, ns, not min");
    assertThat(problems(null, "source.format=apache-combined", "time={field: bytes, unit: s}"))
        .containsExactly("time.field: must be time, with no unit, in an Apache log");
  }

  @Test
  void takesTheOrderOfCsvFieldsFromTheHeader() throws BrokenRecordException {
    FormatSettings format =
        read(
            file("\uFEFFurl,\"a,b\",time,url\nx"),
            "source={format: csv}",
            "schema={time: time, 'a,b': long}");

    Decoded decoded =
        Decoded.of(
            Decoded.open(
                format.decoder(
                    Decoded.pick(format, "a,b"), Decoded.time("time", TimeSettings.Unit.ISO))),
            "/x,7,2015-05-17,/y");

    Row expected = new Row(1);
    expected.setLong(0, 7);
    assertThat(decoded.row()).isEqualTo(expected);
    assertThat(format.framing()).isEqualTo(Framing.CSV);
    assertThat(format.csv().header()).isTrue();
  }

  @Test
  void refusesAFileWhoseHeaderIsAnother() {
    FileHeader header =
        Objects.requireNonNull(
            read(file("time,\"b\"\n"), "source={format: csv}", "schema={time: time, b: long}")
                .csvHeader());

    assertThatCode(() -> header.check("2.csv", bytes("\"time\",b"))).doesNotThrowAnyException();
    for (String other :
        List.of("b,time", "time", "time,b,c", "time, b", "time,B", "time;b", "1,2")) {
      assertThatThrownBy(() -> header.check("2.csv", bytes(other)))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "the header of 2.csv is [%s], expected is [time, b]",
              String.join(", ", other.split(",", -1)));
    }
    assertThatThrownBy(() -> header.check("2.csv", bytes("a,".repeat(1000))))
        .message()
        .hasSizeLessThan(700);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void namesTheMistakesOfCsv() {
    String schema = "schema={time: time, a: long}";

    assertThat(problems(file("a,b"), "source.format=csv", schema))
        .containsExactly("schema: declares time, but the header has only [a, b]");
    assertThat(problems(file("a,time,a"), "source.format=csv", schema))
        .containsExactly("schema: declares a, which the header has twice");
    assertThat(problems(file(""), "source.format=csv", schema))
        .containsExactly("source.csv: needs a header in the first file, which is empty or no CSV");
    FirstFile none =
        () -> {
          throw new FileNotFoundException("in/*.csv");
        };
    assertThat(problems(none, "source.format=csv", schema))
        .singleElement()
        .asString()
        .startsWith("source.csv: needs the header of the first file, which cannot be read")
        .endsWith("in/*.csv");
    assertThat(problems(none, "source={format: csv, csv: {header: false}}", schema)).isEmpty();
    assertThat(problems(null, "source={format: csv, csv: {header: true}}", schema))
        .containsExactly("source.csv.header: must be false: only files have a header");
    assertThat(
            problems(
                null, "source={format: csv, csv: {separator: ';;', quote: ';', x: 1}}", schema))
        .containsExactly(
            "source.csv.separator: must be a single character of ASCII, such as \",\" or \"\\t\"",
            "source.csv.x: is unknown; allowed here: header, quote, separator");
    assertThat(
            problems(
                file("a§time"),
                "source={format: csv, csv: {separator: '§', quote: '’'}}",
                "schema={time: time}"))
        .contains(
            "source.csv.separator: must be a single character of ASCII, such as \",\" or \"\\t\"",
            "source.csv.quote: must be a single character of ASCII, such as \",\" or \"\\t\"");
    assertThat(
            problems(
                file("a,b,time"),
                "source={format: csv, csv: {separator: ';', quote: ';'}}",
                "schema={time: time}"))
        .containsExactly("source.csv.quote: must not be the separator");
  }

  @Test
  void namesTheMistakesOfAvro(@TempDir Path folder) {
    assertThat(problems(null, "source.format=avro"))
        .containsExactly(
            "source.avro-schema: is missing: records of a topic do not carry their schema");
    assertThat(problems(null, "source={format: avro, avro-schema: /nowhere.avsc}"))
        .singleElement()
        .asString()
        .startsWith("source.avro-schema: cannot be read: ");
    assertThat(problems(null, "source={format: avro, avro-schema: " + write(folder, "{") + "}"))
        .singleElement()
        .asString()
        .startsWith("source.avro-schema: is no Avro schema: ");
    assertThat(
            problems(null, "source={format: avro, avro-schema: " + write(folder, "\"int\"") + "}"))
        .containsExactly("source.avro-schema: must be a record, not int");
    assertThat(problems(file("no container"), "source.format=avro"))
        .singleElement()
        .asString()
        .startsWith("source.format: avro needs the schema in the first file: ");
    String wide =
        IntStream.range(0, 65)
            .mapToObj(i -> "{\"name\": \"c" + i + "\", \"type\": \"int\"}")
            .collect(
                Collectors.joining(
                    ", ", "{\"type\": \"record\", \"name\": \"W\", \"fields\": [", "]}"));
    assertThat(problems(null, "source={format: avro, avro-schema: " + write(folder, wide) + "}"))
        .containsExactly(
            "schema: must choose columns: Avro's schema has 65, and at most 64 are allowed");
    String avsc = write(folder, AvroDecoderTest.SCHEMA);
    assertThat(
            problems(
                null,
                "source={format: avro, avro-schema: " + avsc + "}",
                "schema={time: time, plain: time}"))
        .singleElement()
        .asString()
        .startsWith("time.unit: is needed for plain, which is a plain number in Avro's schema");
  }

  private static String write(Path folder, String schema) {
    try {
      return java.nio.file.Files.writeString(folder.resolve("x.avsc"), schema).toString();
    } catch (java.io.IOException e) {
      throw new AssertionError("writing a schema", e);
    }
  }

  @Test
  void refusesToDecodeWhatIsNotDeclared() {
    FormatSettings format = read(null, "source.format=json", "schema={time: time, a: long}");
    TimeSettings time = Decoded.time("time", TimeSettings.Unit.ISO);

    assertThatThrownBy(() -> format.decoder(Schema.of(new Column("b", ColumnType.LONG)), time))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> format.decoder(Schema.of(new Column("a", ColumnType.STRING)), time))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
