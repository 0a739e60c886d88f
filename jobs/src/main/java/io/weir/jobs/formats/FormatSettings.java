package io.weir.jobs.formats;

import io.weir.jobs.formats.otlp.OtlpJsonDecoder;
import io.weir.jobs.formats.otlp.OtlpProtoDecoder;
import io.weir.jobs.formats.otlp.SpanColumns;
import io.weir.jobs.settings.Section;
import io.weir.operators.intake.Decoder;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import io.weir.operators.source.file.FileHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a source look like.
 *
 * <ul>
 *   <li>{@code format}, in the source's section: json, apache-combined, csv, avro, otlp-json or
 *       otlp-proto.
 *   <li>{@code csv}, there too: see {@link CsvSettings}.
 *   <li>{@code avro-schema}, there too: the file of the schema that records were written with. Avro
 *       container files carry theirs; records of a topic do not, so that it must be given.
 *   <li>{@code schema}, at the top: the columns and their types, for json and csv; avro has them in
 *       its schema, so that a declaration only narrows them; apache-combined and otlp have fixed
 *       ones.
 * </ul>
 *
 * @param schema the columns that jobs can use; none where what says them is missing or wrong, so
 *     that nobody should complain about a column that is not among them
 * @param csv how CSV is written; means nothing to the other formats
 * @param fields the fields of CSV records, in their order; empty for the other formats
 * @param avroSchema what Avro records are written with, as JSON; empty for the other formats
 */
public record FormatSettings(
    Format format, Schema schema, CsvSettings csv, List<String> fields, String avroSchema)
    implements Serializable {

  /** How a record is written. */
  public enum Format {
    JSON,
    APACHE_COMBINED,
    CSV,
    AVRO,
    OTLP_JSON,
    OTLP_PROTO
  }

  /** The source's first file, for formats that say in their files what is in them. */
  @FunctionalInterface
  public interface FirstFile {
    /**
     * Opens the file.
     *
     * @return its bytes, decompressed
     * @throws IOException if there is no file or it cannot be read
     */
    InputStream open() throws IOException;
  }

  public FormatSettings {
    fields = List.copyOf(fields);
  }

  /**
   * Reads the settings of a source.
   *
   * @param source the source's section: {@code format} and its options
   * @param job the whole: {@code schema}
   * @param files the first file, null if the source has no files; opened only where it must be
   */
  public static FormatSettings read(Section source, Section job, @Nullable FirstFile files) {
    FormatReader reader = new FormatReader(source, job, files);
    return source.chosen("format", Format.class).map(reader::read).orElseGet(reader::standIn);
  }

  /** A format whose columns nobody has to declare. */
  public static FormatSettings fixed(Format format, Schema schema) {
    return new FormatSettings(format, schema, CsvSettings.DEFAULTS, List.of(), "");
  }

  /** How files of such records are cut into records. */
  public Framing framing() {
    return switch (format) {
      case JSON, APACHE_COMBINED, OTLP_JSON -> Framing.LINES;
      case CSV -> Framing.CSV;
      case AVRO -> Framing.AVRO;
      case OTLP_PROTO -> Framing.LENGTHS;
    };
  }

  /**
   * Makes a decoder.
   *
   * @param wanted the columns that the rows have: some of {@link #schema()}, in any order
   * @throws IllegalArgumentException if another column is wanted, or one with another type
   */
  public Decoder<Row> decoder(Schema wanted, TimeSettings time) {
    List<InputColumn> columns = InputColumn.of(schema, wanted, time);
    return switch (format) {
      case JSON -> new JsonDecoder(columns, wanted.size());
      case APACHE_COMBINED -> new ApacheCombinedDecoder(wanted);
      case CSV -> new CsvDecoder(csv, fields, columns, wanted.size());
      case AVRO -> new AvroDecoder(avroSchema, columns, wanted.size());
      case OTLP_JSON -> new OtlpJsonDecoder(wanted, time.field());
      case OTLP_PROTO -> new OtlpProtoDecoder(wanted, time.field());
    };
  }

  /** Checks the first record of each CSV file; null if files have no header. */
  public @Nullable FileHeader csvHeader() {
    return csv.header() ? new CsvHeader(csv, fields) : null;
  }

  /** Whether files say what is in them and it is known what they must say. */
  public boolean isToldByFiles() {
    return switch (format) {
      case JSON, APACHE_COMBINED, OTLP_JSON, OTLP_PROTO -> false;
      case CSV -> csv.header() && !fields.isEmpty();
      case AVRO -> !avroSchema.isEmpty();
    };
  }

  /** The column that is the event time where nobody names one. */
  String defaultTime() {
    return switch (format) {
      case OTLP_JSON, OTLP_PROTO -> SpanColumns.END;
      default -> "time";
    };
  }

  List<String> names() {
    return schema.names();
  }

  /** Reports a time that the format cannot deliver. */
  void checkTime(TimeSettings time, Section section) {
    switch (format) {
      case APACHE_COMBINED -> {
        if (!time.equals(new TimeSettings("time", TimeSettings.Unit.ISO))) {
          section.problem("field", "must be time, with no unit, in an Apache log");
        }
      }
      case AVRO -> AvroColumns.checkTime(avroSchema, schema, time, section);
      case OTLP_JSON, OTLP_PROTO -> {
        if (time.unit() != TimeSettings.Unit.ISO) {
          section.problem("unit", "must not be given: spans have their own");
        }
      }
      default -> {}
    }
  }
}
