package io.weir.jobs.connectors.postgres;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Schema;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table that rows are stored in, and the SQL that speaks of it.
 *
 * @param name {@code table} or {@code schema.table}, unquoted
 * @param schema the columns that are written; the table may have more
 * @param key the columns that tell rows apart; at least one, none of them JSON
 */
public record PostgresTable(String name, Schema schema, List<String> key) implements Serializable {

  public PostgresTable {
    key = List.copyOf(key);
    if (key.isEmpty()) {
      throw new IllegalArgumentException("no key to upsert by: " + name);
    }
    for (String column : key) {
      if (schema.type(schema.requireIndexOf(column)) == ColumnType.JSON) {
        throw new IllegalArgumentException("a JSON column cannot be part of a key: " + column);
      }
    }
  }

  int[] keyColumns() {
    return key.stream().mapToInt(schema::requireIndexOf).toArray();
  }

  String quotedName() {
    return Arrays.stream(name.split("\\.", -1))
        .map(PostgresTable::quoted)
        .collect(Collectors.joining("."));
  }

  /** The identifier as SQL takes it whatever it holds. */
  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  private static String quoted(Collection<String> identifiers) {
    return identifiers.stream().map(PostgresTable::quoted).collect(Collectors.joining(", "));
  }

  static String typeName(ColumnType type) {
    return switch (type) {
      case STRING -> "text";
      case LONG -> "bigint";
      case DOUBLE -> "double precision";
      case BOOLEAN -> "boolean";
      case TIME -> "timestamp with time zone";
      case JSON -> "jsonb";
    };
  }

  String createTable() {
    return schema.columns().stream()
        .map(column -> quoted(column.name()) + " " + typeName(column.type()))
        .collect(Collectors.joining(", ", "CREATE TABLE " + quotedName() + " (", ")"));
  }

  /** Nulls are equal to each other here: a group may lack a value. */
  String createIndex() {
    return "CREATE UNIQUE INDEX ON " + quotedName() + " (" + quoted(key) + ") NULLS NOT DISTINCT";
  }

  /** Stores many rows; takes one array for each column, as text. */
  String upsert() {
    String arrays =
        schema.columns().stream()
            .map(column -> "?::" + typeName(column.type()) + "[]")
            .collect(Collectors.joining(", "));
    return "INSERT INTO "
        + quotedName()
        + " ("
        + quoted(schema.names())
        + ") SELECT * FROM unnest("
        + arrays
        + ") ON CONFLICT ("
        + quoted(key)
        + ") DO "
        + onConflict();
  }

  private String onConflict() {
    String replaced =
        schema.columns().stream()
            .map(Column::name)
            .filter(name -> !key.contains(name))
            .map(name -> quoted(name) + " = EXCLUDED." + quoted(name))
            .collect(Collectors.joining(", "));
    return replaced.isEmpty() ? "NOTHING" : "UPDATE SET " + replaced;
  }
}
