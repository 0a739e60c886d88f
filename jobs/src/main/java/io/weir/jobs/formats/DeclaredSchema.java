package io.weir.jobs.formats;

import io.weir.jobs.settings.Section;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads {@code schema: {status: long, url: string}}: the columns of a source's records. */
final class DeclaredSchema {

  private static final Schema NONE = new Schema(List.of());

  private DeclaredSchema() {}

  /** The declared columns, in their order; none where the declaration is missing or wrong. */
  static Schema read(Section job) {
    Section declared = job.section("schema");
    List<Column> columns = new ArrayList<>();
    for (String name : declared.keys()) {
      ColumnType type = declared.choice(name, Type.class).type;
      if (name.isBlank()) {
        job.problem("schema", "declares a column without a name");
      } else if (name.equals(Schema.RECORD.name())) {
        job.problem("schema", "declares " + name + ", a name that jobs use themselves");
      } else {
        columns.add(new Column(name, type));
      }
    }
    declared.done();
    if (columns.isEmpty() && job.has("schema")) {
      job.problem("schema", "must declare at least one column");
    }
    if (columns.size() > Schema.MAX_COLUMNS) {
      job.problem(
          "schema",
          "declares "
              + columns.size()
              + " columns; at most "
              + Schema.MAX_COLUMNS
              + " are allowed");
      return NONE;
    }
    return new Schema(columns);
  }

  /** The name of a constant as settings write it. */
  static String nameOf(Enum<?> type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  // JSON is missing on purpose: documents are made by jobs, never read.
  private enum Type {
    STRING(ColumnType.STRING),
    LONG(ColumnType.LONG),
    DOUBLE(ColumnType.DOUBLE),
    BOOLEAN(ColumnType.BOOLEAN),
    TIME(ColumnType.TIME);

    private final ColumnType type;

    Type(ColumnType type) {
      this.type = type;
    }
  }
}
