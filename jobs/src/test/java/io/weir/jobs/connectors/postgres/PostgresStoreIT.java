package io.weir.jobs.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.jobs.local.EmbeddedPostgres;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresStoreIT {

  private static final Schema SCHEMA =
      Schema.of(
          new Column("na\"me", ColumnType.STRING),
          new Column("n", ColumnType.LONG),
          new Column("d", ColumnType.DOUBLE),
          new Column("ok", ColumnType.BOOLEAN),
          new Column("at", ColumnType.TIME),
          new Column("doc", ColumnType.JSON));

  private static @Nullable EmbeddedPostgres server;
  private static @Nullable Connection observer;

  @BeforeAll
  static void start() throws SQLException {
    server = EmbeddedPostgres.start();
    observer = DriverManager.getConnection(server.url(), server.user(), server.password());
  }

  @AfterAll
  static void stop() throws SQLException {
    if (observer != null) {
      observer.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static PostgresSettings settings(String table, boolean create, String... key) {
    if (server == null) {
      throw new IllegalStateException();
    }
    PostgresDatabase database = new PostgresDatabase(server.url(), Map.of("user", server.user()));
    return new PostgresSettings(database, new PostgresTable(table, SCHEMA, List.of(key)), create);
  }

  private static void sql(String... statements) throws SQLException {
    if (observer == null) {
      throw new IllegalStateException();
    }
    try (Statement statement = observer.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> query(String sql) throws SQLException {
    if (observer == null) {
      throw new IllegalStateException();
    }
    List<String> values = new ArrayList<>();
    try (Statement statement = observer.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        values.add(row.getString(1));
      }
    }
    return values;
  }

  private static Row row(@Nullable String name, long n) {
    Row row = new Row(SCHEMA.size());
    if (name != null) {
      row.setText(0, name);
    }
    row.setLong(1, n);
    return row;
  }

  private static void store(PostgresSettings settings, Row... rows) throws Exception {
    try (Upserts upserts = new Upserts(settings)) {
      upserts.open();
      for (RowBatch batch : batches(settings, rows)) {
        upserts.store(batch);
      }
    }
  }

  private static List<RowBatch> batches(PostgresSettings settings, Row... rows) throws IOException {
    RowBuffer buffer = new RowBuffer(settings.table(), 1 << 20);
    for (Row row : rows) {
      buffer.add(row);
    }
    return buffer.drain();
  }

  @Test
  void storesEveryTypeExactlyAndNullsToo() throws Exception {
    Row full = row("quote\" back\\slash {comma,} 'x' NULL grüße 🙂\n", Long.MIN_VALUE);
    full.setDouble(2, 0.1 + 0.2);
    full.setBoolean(3, true);
    full.setLong(4, 1_431_857_103_123_456L);
    full.setText(5, "{\"a\": [1.50, \"x\\\"y\\\\\"]}");

    store(settings("types", true, "n"), full, row(null, 7), row("", 8), row("NULL", 9));

    assertThat(query("SELECT \"na\"\"me\" FROM types ORDER BY n"))
        .containsExactly(full.textAt(0), null, "", "NULL");
    assertThat(
            query(
                "SELECT d || '|' || ok || '|' || (extract(epoch FROM at) * 1000000)::bigint"
                    + " || '|' || doc FROM types WHERE ok"))
        .containsExactly(
            "0.30000000000000004|true|1431857103123456|{\"a\": [1.50, \"x\\\"y\\\\\"]}");
    assertThat(query("SELECT count(*) FROM types WHERE d IS NULL AND at IS NULL AND doc IS NULL"))
        .containsExactly("3");
  }

  @Test
  void storesTimesToTheMicrosecondOverPostgresWholeRange() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      Row row = row("t", i);
      row.setLong(4, Math.max(-210_000_000_000_000_000L, random.nextLong() >> random.nextInt(20)));
      rows.add(row);
    }
    Row tooOld = row("t", -1);
    tooOld.setLong(4, Long.MIN_VALUE);
    rows.add(tooOld);

    store(settings("times", true, "n"), rows.toArray(Row[]::new));

    assertThat(
            query(
                "SELECT (extract(epoch FROM at) * 1000000)::bigint FROM times"
                    + " WHERE n >= 0 ORDER BY n"))
        .isEqualTo(rows.subList(0, 2_000).stream().map(r -> "" + r.longAt(4)).toList());
    assertThat(query("SELECT at FROM times WHERE n = -1")).containsExactly("-infinity");
  }

  @Test
  void lastRowOfAKeyWinsWithinABatchAndOverBatchesAlsoForNullAndZero() throws Exception {
    PostgresSettings settings = settings("keys", true, "na\"me", "d");
    Row zero = row("zero", 1);
    zero.setDouble(2, 0.0);
    Row negativeZero = row("zero", 2);
    negativeZero.setDouble(2, -0.0);
    Row nan = row("nan", 1);
    nan.setDouble(2, Double.NaN);

    store(settings, row(null, 1), row("a", 1), row(null, 2), zero, negativeZero, nan);
    store(settings, row("a", 3), nan);

    assertThat(query("SELECT concat(\"na\"\"me\", n) FROM keys ORDER BY 1"))
        .containsExactly("2", "a3", "nan1", "zero2");
  }

  @Test
  void replacesWhatPostgresCannotHoldAndKeepsLongKeysApart() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder noise = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      noise.append((char) random.nextInt(0x4E00, 0x9000));
    }
    Row nul = row("a\0b", 1);
    nul.setText(5, "{\"k\\u0000\": [\"v\\u0000\", \"\\ud800\"]}");

    store(settings("hard", true, "na\"me"), nul, row(noise + "1", 2), row(noise + "2", 3));

    assertThat(query("SELECT \"na\"\"me\" || doc FROM hard WHERE n = 1"))
        .containsExactly("a\uFFFDb{\"k\uFFFD\": [\"v\uFFFD\", \"\uFFFD\"]}");
    assertThat(query("SELECT \"na\"\"me\" FROM hard WHERE n > 1"))
        .hasSize(2)
        .allMatch(name -> name.startsWith(noise.substring(0, 200)));
  }

  @Test
  void refusesATableThatCannotTakeTheRowsAndSaysWhatIsWrong() throws Exception {
    sql(
        "CREATE TABLE wrong (\"na\"\"me\" text, n int, d double precision, ok boolean,"
            + " at timestamp, more int NOT NULL)",
        "CREATE TABLE nokey (\"na\"\"me\" text, n bigint, d double precision, ok boolean,"
            + " at timestamptz, doc jsonb)",
        "CREATE UNIQUE INDEX ON nokey (n)");

    assertThatThrownBy(() -> store(settings("wrong", true, "n")))
        .isInstanceOf(UnfitTableException.class)
        .hasMessageContainingAll(
            "table wrong",
            "n is integer, not bigint",
            "at is timestamp without time zone, not timestamp with time zone",
            "doc jsonb is missing",
            "more gets no value");
    assertThatThrownBy(() -> store(settings("nokey", true, "n")))
        .hasMessageContaining("CREATE UNIQUE INDEX ON \"nokey\" (\"n\") NULLS NOT DISTINCT");
    assertThatThrownBy(() -> store(settings("absent", false, "n")))
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> store(settings("x".repeat(64), true, "n")))
        .hasMessageContaining("longer than 63 bytes");
  }

  @Test
  void usesATableOfAnotherSchemaWithAPrimaryKeyAndExtraColumns() throws Exception {
    sql(
        "CREATE SCHEMA \"Other\"",
        "CREATE TABLE \"Other\".t (extra int, \"na\"\"me\" varchar, n bigint PRIMARY KEY,"
            + " d double precision, ok boolean, at timestamptz, doc jsonb,"
            + " made timestamptz NOT NULL DEFAULT now())");

    store(settings("Other.t", false, "n"), row("a", 1), row("b", 1));

    assertThat(query("SELECT \"na\"\"me\" FROM \"Other\".t")).containsExactly("b");
  }

  @Test
  void manySubtasksCreateTheTableTogether() {
    Stream.generate(
            () ->
                CompletableFuture.runAsync(
                    () -> {
                      try {
                        store(settings("together", true, "n"), row("a", 1));
                      } catch (Exception e) {
                        throw new IllegalStateException(e);
                      }
                    }))
        .limit(6)
        .toList()
        .forEach(one -> one.orTimeout(30, TimeUnit.SECONDS).join());
  }

  @Test
  void retriesInOrderAfterTheConnectionIsKilled() throws Exception {
    PostgresSettings settings = settings("killed", true, "n");
    try (PostgresCommitter committer = new PostgresCommitter(new Upserts(settings))) {
      committer.commit(List.of(request(settings, row("before", 1))));
      sql(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'weir' AND query LIKE '%killed%'");
      List<CommitRequest<RowBatch>> requests =
          List.of(request(settings, row("older", 2)), request(settings, row("newer", 2)));

      committer.commit(requests);
      assertThat(requests).extracting(CommitRequest::getNumberOfRetries).containsExactly(1, 1);
      assertThat(query("SELECT \"na\"\"me\" FROM killed")).containsExactly("before");

      committer.commit(requests);
      committer.commit(requests);
    }

    assertThat(query("SELECT \"na\"\"me\" FROM killed ORDER BY n"))
        .containsExactly("before", "newer");
  }

  @Test
  void failsWhereTryingAgainCannotHelp() throws Exception {
    PostgresSettings settings = settings("refused", true, "n");
    try (PostgresCommitter committer = new PostgresCommitter(new Upserts(settings))) {
      committer.commit(List.of(request(settings, row("a", 1))));
      sql("ALTER TABLE refused ADD CHECK (n < 10)");

      assertThatThrownBy(() -> committer.commit(List.of(request(settings, row("b", 11)))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("PostgreSQL refuses 1 rows")
          .hasRootCauseInstanceOf(SQLException.class);
    }
  }

  @Test
  void batchesAreBoundedAndSurviveTheCheckpoint() throws Exception {
    PostgresSettings settings = settings("none", true, "n");
    RowBuffer buffer = new RowBuffer(settings.table(), 1_000);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      rows.add(row("name " + i, i));
      buffer.add(rows.get(i));
    }
    List<Row> read = new ArrayList<>();

    for (RowBatch batch : buffer.drain()) {
      assertThat(batch.bytes().length).isBetween(1, 1_100);
      RowBatchSerializer serializer = new RowBatchSerializer();
      read.addAll(
          serializer.deserialize(serializer.getVersion(), serializer.serialize(batch)).decode());
    }

    assertThat(read).isEqualTo(rows);
    assertThat(buffer.drain()).isEmpty();
  }

  private static CommitRequest<RowBatch> request(PostgresSettings settings, Row row)
      throws IOException {
    return new Request(batches(settings, row).get(0));
  }

  /** Counts retries, as Flink's own does. */
  private static final class Request implements CommitRequest<RowBatch> {

    private final RowBatch batch;
    private int retries;

    Request(RowBatch batch) {
      this.batch = batch;
    }

    @Override
    public RowBatch getCommittable() {
      return batch;
    }

    @Override
    public int getNumberOfRetries() {
      return retries;
    }

    @Override
    public void retryLater() {
      retries++;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable t) {
      throw new AssertionError("loses rows", t);
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable t) {
      throw new AssertionError(t);
    }

    @Override
    public void updateAndRetryLater(RowBatch committable) {
      throw new AssertionError("never asked for");
    }

    @Override
    public void signalAlreadyCommitted() {
      throw new AssertionError("never asked for");
    }
  }
}
