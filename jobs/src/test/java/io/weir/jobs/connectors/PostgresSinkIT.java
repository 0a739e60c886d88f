package io.weir.jobs.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.connectors.postgres.PostgresDatabase;
import io.weir.jobs.local.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresSinkIT {

  private static final int ROWS = 2_000;

  private static @Nullable EmbeddedPostgres server;

  @TempDir private Path checkpoints;

  @BeforeAll
  static void start() {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static EmbeddedPostgres server() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server;
  }

  private static Connection connect() throws Exception {
    return DriverManager.getConnection(server().url(), server().user(), server().password());
  }

  @Test
  void exactlyOnceShowsNoRowOfAnUncompletedCheckpoint() throws Exception {
    Outcome outcome = run("once", Guarantee.EXACTLY_ONCE);

    assertThat(outcome.restored()).isGreaterThanOrEqualTo(1);
    assertThat(outcome.reader().looks()).isGreaterThan(20);
    assertThat(outcome.reader().early()).isZero();
    assertThat(query("SELECT count(*), sum(id) FROM once")).isEqualTo("2000 1999000");
  }

  @Test
  void atLeastOnceShowsThemAndStillLosesNothing() throws Exception {
    Outcome outcome = run("direct", Guarantee.AT_LEAST_ONCE);

    assertThat(outcome.restored()).isGreaterThanOrEqualTo(1);
    assertThat(outcome.reader().early()).isPositive();
    assertThat(query("SELECT count(*), sum(id) FROM direct")).isEqualTo("2000 1999000");
  }

  private record Outcome(long restored, Reader reader) {}

  private Outcome run(String table, Guarantee guarantee) throws Exception {
    SinkSettings sink =
        new PostgresSinkSettings(
            new PostgresDatabase(server().url(), Map.of("user", server().user())),
            table,
            guarantee,
            true);
    create(table);
    Reader reader = new Reader(table, checkpoints);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> reading = thread.submit(reader);
      long restored = FailingJob.run(sink, ROWS, checkpoints, reader::awaitLook);
      reader.stop();
      reading.get(60, TimeUnit.SECONDS);
      return new Outcome(restored, reader);
    } finally {
      reader.stop();
      thread.shutdownNow();
    }
  }

  private static void create(String table) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE " + table + " (id bigint PRIMARY KEY, epoch bigint)");
    }
  }

  private static String query(String sql) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1) + " " + row.getString(2);
    }
  }

  /** Looks at the table all the time, and surely between every barrier and its snapshot. */
  private static final class Reader implements Runnable {

    private final String table;
    private final Path checkpoints;
    private boolean stopped;
    private int looks;
    private int early;

    Reader(String table, Path checkpoints) {
      this.table = table;
      this.checkpoints = checkpoints;
    }

    synchronized int looks() {
      return looks;
    }

    synchronized int early() {
      return early;
    }

    synchronized void stop() {
      stopped = true;
      notifyAll();
    }

    /** Returns after a look that began after this call: the second one from here on. */
    synchronized void awaitLook() {
      int wanted = looks + 2;
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      try {
        while (looks < wanted && !stopped) {
          long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
          if (left <= 0) {
            throw new IllegalStateException("the reader does not look");
          }
          wait(left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void run() {
      try (Connection connection = connect()) {
        while (looked(seesTooMuch(connection))) {
          Thread.onSpinWait();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    private synchronized boolean looked(boolean tooMuch) {
      looks++;
      early += tooMuch ? 1 : 0;
      notifyAll();
      return !stopped;
    }

    private boolean seesTooMuch(Connection connection) throws Exception {
      String sql = "SELECT coalesce(max(epoch), -1) FROM " + table;
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        row.next();
        // A row made after barrier n belongs to a checkpoint later than n.
        return row.getLong(1) >= 0 && FailingJob.lastCompleted(checkpoints) <= row.getLong(1);
      }
    }
  }
}
