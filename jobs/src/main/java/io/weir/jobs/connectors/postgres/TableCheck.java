package io.weir.jobs.connectors.postgres;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes sure, before the first row, that a table can take a job's rows. */
final class TableCheck {

  private static final int OLDEST_MAJOR = 15;
  private static final int MAX_IDENTIFIER_BYTES = 63;

  private static final String COLUMNS =
      """
      SELECT attname, format_type(atttypid, atttypmod), attnotnull,
             atthasdef OR attidentity <> ''
      FROM pg_attribute
      WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped
      """;

  private static final String UNIQUE_INDEXES =
      """
      SELECT indnullsnotdistinct,
             ARRAY(SELECT attname::text FROM pg_attribute
                   WHERE attrelid = indrelid AND attnum = ANY (indkey[0:indnkeyatts - 1]))
      FROM pg_index
      WHERE indrelid = to_regclass(?) AND indisunique AND indisvalid AND indimmediate
        AND indpred IS NULL AND indexprs IS NULL
      """;

  private record Found(String type, boolean notNull, boolean filled) {}

  private final Connection connection;
  private final PostgresTable table;

  TableCheck(Connection connection, PostgresTable table) {
    this.connection = connection;
    this.table = table;
  }

  /**
   * Creates the table where it is missing and checks it where it exists.
   *
   * @param create whether it may be created
   * @throws UnfitTableException if rows cannot be stored in it
   */
  void run(boolean create) throws SQLException {
    checkServerAndNames();
    connection.setAutoCommit(false);
    try {
      runLocked(create);
      connection.commit();
    } finally {
      // Nothing is open after the commit; after a failure this undoes what was begun.
      if (!connection.isClosed()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private void checkServerAndNames() throws SQLException {
    if (connection.getMetaData().getDatabaseMajorVersion() < OLDEST_MAJOR) {
      throw unfit(List.of("PostgreSQL must be " + OLDEST_MAJOR + " or later"));
    }
    List<String> names = new ArrayList<>(table.schema().names());
    names.addAll(List.of(table.name().split("\\.", -1)));
    List<String> tooLong =
        names.stream()
            .filter(n -> n.getBytes(StandardCharsets.UTF_8).length > MAX_IDENTIFIER_BYTES)
            .map(n -> "the name " + n + " is longer than " + MAX_IDENTIFIER_BYTES + " bytes")
            .toList();
    if (!tooLong.isEmpty()) {
      throw unfit(tooLong);
    }
  }

  private void runLocked(boolean create) throws SQLException {
    lock();
    Map<String, Found> columns = columns();
    if (!columns.isEmpty()) {
      check(columns);
    } else if (create) {
      execute(table.createTable());
      execute(table.createIndex());
    } else {
      throw unfit(List.of("it does not exist, and create: false"));
    }
  }

  /** Subtasks start together: without the lock, two would create the table. */
  private void lock() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      statement.setString(1, "weir:" + table.quotedName());
      statement.execute();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void check(Map<String, Found> columns) throws SQLException {
    List<String> problems = new ArrayList<>();
    for (Column column : table.schema().columns()) {
      checkColumn(column, columns.get(column.name()), problems);
    }
    columns.forEach((name, found) -> checkOther(name, found, problems));
    if (problems.isEmpty() && !hasKey(columns)) {
      problems.add("it has no unique index for the key; run: " + table.createIndex());
    }
    if (!problems.isEmpty()) {
      throw unfit(problems);
    }
  }

  private static void checkColumn(Column column, @Nullable Found found, List<String> problems) {
    String type = PostgresTable.typeName(column.type());
    if (found == null) {
      problems.add("the column " + column.name() + " " + type + " is missing");
    } else if (!accepts(found.type(), column.type())) {
      problems.add("the column " + column.name() + " is " + found.type() + ", not " + type);
    }
  }

  private static boolean accepts(String found, ColumnType type) {
    return found.equals(PostgresTable.typeName(type))
        || (type == ColumnType.STRING && found.equals("character varying"));
  }

  private void checkOther(String name, Found found, List<String> problems) {
    if (table.schema().indexOf(name) < 0 && found.notNull() && !found.filled()) {
      problems.add("the column " + name + " gets no value, may not be null and has no default");
    }
  }

  private Map<String, Found> columns() throws SQLException {
    Map<String, Found> columns = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, table.quotedName());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          columns.put(
              row.getString(1), new Found(row.getString(2), row.getBoolean(3), row.getBoolean(4)));
        }
      }
    }
    return columns;
  }

  private boolean hasKey(Map<String, Found> columns) throws SQLException {
    boolean neverNull =
        table.key().stream()
            .allMatch(name -> columns.containsKey(name) && columns.get(name).notNull());
    try (PreparedStatement statement = connection.prepareStatement(UNIQUE_INDEXES)) {
      statement.setString(1, table.quotedName());
      try (ResultSet row = statement.executeQuery()) {
        boolean found = false;
        while (row.next()) {
          found |= (neverNull || row.getBoolean(1)) && isKey(row.getArray(2));
        }
        return found;
      }
    }
  }

  private boolean isKey(Array names) throws SQLException {
    Set<String> indexed = new HashSet<>(Arrays.asList((String[]) names.getArray()));
    return indexed.equals(Set.copyOf(table.key()));
  }

  private UnfitTableException unfit(List<String> problems) {
    return new UnfitTableException("table " + table.name() + ": " + String.join("; ", problems));
  }
}
