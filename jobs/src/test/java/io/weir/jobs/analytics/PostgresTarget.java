package io.weir.jobs.analytics;

import io.weir.jobs.analytics.Portions.Window;
import io.weir.jobs.analytics.Watch.Result;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Two tables; rows are there for readers when their checkpoint is complete. */
final class PostgresTarget implements Target {

  /** Reads a row of a query's result. */
  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws Exception;
  }

  private final Servers servers;
  private final String table;
  private final Connection watching;

  PostgresTarget(Servers servers, String table) throws Exception {
    this.servers = servers;
    this.table = table;
    watching = servers.connect();
  }

  @Override
  public String settings() {
    String sink = "{postgres: {url: \"%s\", user: %s, table: %s}}";
    String url = servers.postgres().url();
    String user = servers.postgres().user();
    return "sink: %s%ndead-letters: %s%n"
        .formatted(sink.formatted(url, user, table), sink.formatted(url, user, table + "_dead"));
  }

  @Override
  public Callable<List<Result>> look() {
    return () -> results(watching);
  }

  @Override
  public List<Result> results() throws Exception {
    try (Connection connection = servers.connect()) {
      return results(connection);
    }
  }

  private List<Result> results(Connection connection) throws Exception {
    return query(
        connection,
        table,
        "window_start, status, requests, ids, bytes",
        row ->
            new Result(
                new Window(row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2)),
                Portions.row(row.getLong(3), row.getLong(4), row.getLong(5))));
  }

  /** Nothing shows what is on its way to a table. */
  @Override
  public List<Result> sent() {
    throw new UnsupportedOperationException("nobody can see that");
  }

  @Override
  public List<String> deadLetters() throws Exception {
    return deadLetters("reason || ' ' || origin || ' ' || position");
  }

  /** An expression for each dead letter. */
  List<String> deadLetters(String expression) throws Exception {
    try (Connection connection = servers.connect()) {
      return query(connection, table + "_dead", expression, row -> row.getString(1));
    }
  }

  private static <T> List<T> query(
      Connection connection, String table, String columns, RowReader<T> reader) throws Exception {
    List<T> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      if (!exists(statement, table)) {
        return rows;
      }
      try (ResultSet row = statement.executeQuery("SELECT " + columns + " FROM " + table)) {
        while (row.next()) {
          rows.add(reader.read(row));
        }
      }
    }
    return rows;
  }

  // The job makes its tables.
  private static boolean exists(Statement statement, String table) throws Exception {
    try (ResultSet row = statement.executeQuery("SELECT to_regclass('" + table + "')")) {
      row.next();
      return row.getString(1) != null;
    }
  }

  @Override
  public void close() throws SQLException {
    watching.close();
  }
}
