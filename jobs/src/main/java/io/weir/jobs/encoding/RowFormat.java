package io.weir.jobs.encoding;

import io.weir.operators.row.Schema;
import java.util.List;

/** How rows are written. The format and a schema travel to a subtask, which makes its encoder. */
public enum RowFormat {
  /** One JSON object a record (RFC 8259), one line each in files. */
  JSON(".jsonl"),
  /** Comma-separated values (RFC 4180); files begin with a header. */
  CSV(".csv"),
  /** Avro binary records; files are Avro containers. */
  AVRO(".avro"),
  /** The one column of a table, a text, as it is; one line each in files. */
  TEXT(".log");

  /** The formats of tables, the default first. */
  public static final List<RowFormat> OF_TABLES = List.of(JSON, CSV, AVRO);

  private final String suffix;

  RowFormat(String suffix) {
    this.suffix = suffix;
  }

  /** What the names of files end in, with the dot. */
  public String suffix() {
    return suffix;
  }

  /** A new encoder, for one thread. */
  public RowEncoder encoder(Schema schema) {
    return switch (this) {
      case JSON -> new JsonRowEncoder(schema);
      case CSV -> new CsvRowEncoder(schema);
      case AVRO -> new AvroRowEncoder(schema);
      case TEXT -> new TextRowEncoder(schema);
    };
  }
}
