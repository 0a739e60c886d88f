package io.weir.jobs.formats;

import io.weir.jobs.formats.FormatSettings.FirstFile;
import io.weir.jobs.formats.FormatSettings.Format;
import io.weir.jobs.formats.otlp.SpanColumns;
import io.weir.jobs.settings.Section;
import io.weir.operators.row.Column;
import io.weir.operators.row.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.jspecify.annotations.Nullable;

/** Reads {@link FormatSettings}, also what a source's files say about themselves. */
final class FormatReader {

  private static final int MAX_HEADER_BYTES = 1 << 20;

  private final Section source;
  private final Section job;
  private final @Nullable FirstFile files;

  FormatReader(Section source, Section job, @Nullable FirstFile files) {
    this.source = source;
    this.job = job;
    this.files = files;
  }

  FormatSettings read(Format format) {
    return switch (format) {
      case JSON -> settings(format, DeclaredSchema.read(job), List.of(), "");
      case APACHE_COMBINED ->
          settings(format, fixed("apache-combined", ApacheCombinedDecoder.SCHEMA), List.of(), "");
      case OTLP_JSON, OTLP_PROTO ->
          settings(format, fixed("otlp", SpanColumns.SCHEMA), List.of(), "");
      case CSV -> readCsv();
      case AVRO -> readAvro();
    };
  }

  /** In the place of a format that is missing or wrong: other keys may depend on which it is. */
  FormatSettings standIn() {
    source.know("csv", "avro-schema");
    return settings(Format.JSON, declared(), List.of(), "");
  }

  private static FormatSettings settings(
      Format format, Schema schema, List<String> fields, String avroSchema) {
    return new FormatSettings(format, schema, CsvSettings.DEFAULTS, fields, avroSchema);
  }

  private Schema fixed(String name, Schema columns) {
    if (job.has("schema")) {
      job.problem(
          "schema",
          "must not be given: " + name + " has the columns " + String.join(", ", columns.names()));
    }
    return columns;
  }

  private FormatSettings readCsv() {
    CsvSettings csv = CsvSettings.read(source.sectionOrEmpty("csv"), files != null);
    Schema schema = DeclaredSchema.read(job);
    List<String> fields = csv.header() && files != null ? header(csv, files) : schema.names();
    for (String name : schema.names()) {
      if (!fields.isEmpty() && fields.indexOf(name) != fields.lastIndexOf(name)) {
        job.problem("schema", "declares " + name + ", which the header has twice");
      } else if (!fields.isEmpty() && !fields.contains(name)) {
        job.problem("schema", "declares " + name + ", but the header has only " + fields);
      }
    }
    return new FormatSettings(Format.CSV, schema, csv, fields, "");
  }

  private List<String> header(CsvSettings csv, FirstFile file) {
    try (InputStream in = file.open()) {
      List<String> names = CsvHeader.read(csv, in.readNBytes(MAX_HEADER_BYTES));
      if (names.isEmpty()) {
        source.problem("csv", "needs a header in the first file, which is empty or no CSV");
      }
      return names;
    } catch (IOException e) {
      source.problem("csv", "needs the header of the first file, which cannot be read: " + e);
      return List.of();
    }
  }

  private FormatSettings readAvro() {
    String json = source.has("avro-schema") ? schemaFile() : carriedSchema();
    org.apache.avro.Schema record = parsed(json);
    Schema schema = job.has("schema") || record == null ? declared() : derived(record);
    if (record != null) {
      schema.columns().forEach(column -> check(column, record));
    }
    return settings(Format.AVRO, schema, List.of(), json);
  }

  private Schema declared() {
    return job.has("schema") ? DeclaredSchema.read(job) : new Schema(List.of());
  }

  private Schema derived(org.apache.avro.Schema record) {
    List<Column> columns = AvroColumns.derived(record);
    if (columns.size() > Schema.MAX_COLUMNS) {
      job.problem(
          "schema",
          "must choose columns: Avro's schema has "
              + columns.size()
              + ", and at most "
              + Schema.MAX_COLUMNS
              + " are allowed");
      return new Schema(List.of());
    }
    return new Schema(columns);
  }

  private String schemaFile() {
    String file = source.text("avro-schema");
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException e) {
      source.problem("avro-schema", "cannot be read: " + e);
      return "";
    }
  }

  private String carriedSchema() {
    if (files == null) {
      source.problem("avro-schema", "is missing: records of a topic do not carry their schema");
      return "";
    }
    try (InputStream in = files.open()) {
      return schemaOf(in);
    } catch (IOException | UncheckedIOException e) {
      source.problem("format", "avro needs the schema in the first file: " + e.getMessage());
      return "";
    }
  }

  /** The schema that a container was written with. */
  private static String schemaOf(InputStream in) throws IOException {
    try (DataFileStream<Object> file = new DataFileStream<>(in, new GenericDatumReader<>())) {
      return file.getSchema().toString();
    } catch (AvroRuntimeException e) {
      throw new IOException("not a readable Avro container: " + e.getMessage(), e);
    }
  }

  private org.apache.avro.@Nullable Schema parsed(String json) {
    if (json.isEmpty()) {
      return null; // Reported already.
    }
    try {
      org.apache.avro.Schema schema = new org.apache.avro.Schema.Parser().parse(json);
      if (schema.getType() == org.apache.avro.Schema.Type.RECORD) {
        return schema;
      }
      source.problem("avro-schema", "must be a record, not " + schema.getType().getName());
    } catch (AvroRuntimeException e) {
      source.problem("avro-schema", "is no Avro schema: " + e.getMessage());
    }
    return null;
  }

  private void check(Column column, org.apache.avro.Schema record) {
    org.apache.avro.Schema.Field field = record.getField(column.name());
    if (field == null) {
      job.problem("schema", "declares " + column.name() + ", which Avro's schema does not have");
    } else if (!AvroColumns.fits(field.schema(), column.type())) {
      job.problem(
          "schema",
          "declares "
              + column.name()
              + " as "
              + DeclaredSchema.nameOf(column.type())
              + ", but Avro's schema has "
              + field.schema());
    }
  }
}
