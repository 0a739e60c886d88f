package io.weir.jobs.demo;

import io.weir.jobs.demo.Progress.Count;
import io.weir.jobs.demo.Progress.Events;
import io.weir.jobs.demo.Progress.Stored;
import io.weir.jobs.demo.Progress.Window;
import io.weir.jobs.local.SourceMetrics;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the generator's metrics and at what PostgreSQL holds. Used by one thread. */
final class ProgressReader {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressReader.class);

  private static final String READY =
      "SELECT to_regclass('traffic') IS NOT NULL AND to_regclass('dead_letters') IS NOT NULL";
  private static final String TOTALS =
      """
      SELECT count(*),
             count(*) FILTER (WHERE pg_xact_commit_timestamp(xmin) > now() - interval '10 s') / 10.0,
             (SELECT count(*) FROM dead_letters)
      FROM traffic
      """;
  private static final String WINDOWS =
      """
      SELECT to_char(window_start AT TIME ZONE 'UTC', 'HH24:MI:SS'),
             CASE WHEN min(since_version) < max(version)
                  THEN concat(min(since_version), '-', max(version))
                  ELSE max(version)::text END,
             sum(requests),
             max(hosts) FILTER (WHERE status = 200),
             max(p95) FILTER (WHERE status = 200),
             max(urls) FILTER (WHERE status = 200),
             extract(epoch FROM max(pg_xact_commit_timestamp(traffic.xmin)) - window_end) * 1000 - ?
      FROM traffic,
           LATERAL (SELECT string_agg(concat(url->>'value', ' ', url->>'count'), '  ' ORDER BY rank)
                    FROM jsonb_array_elements(top) WITH ORDINALITY AS ranked (url, rank)) AS best (urls)
      GROUP BY window_start, window_end
      ORDER BY window_start DESC
      LIMIT 6
      """;
  private static final String STATUSES =
      """
      SELECT status, sum(requests) AS times
      FROM traffic
      WHERE window_start > (SELECT max(window_start) FROM traffic) - interval '1 min'
      GROUP BY status
      ORDER BY times DESC, status
      LIMIT 6
      """;
  private static final String URLS =
      """
      SELECT ranked.url->>'value', sum((ranked.url->>'count')::bigint) AS times
      FROM traffic, jsonb_array_elements(top) AS ranked (url)
      WHERE window_start > (SELECT max(window_start) FROM traffic) - interval '1 min'
      GROUP BY 1
      ORDER BY times DESC, 1
      LIMIT 5
      """;

  private final Connection database;
  private final SourceMetrics generator;
  private final Duration lateness;
  private final Rate rate = new Rate();
  private long generated;
  private boolean generating = true;

  ProgressReader(Connection database, SourceMetrics generator, Duration lateness) {
    this.database = database;
    this.generator = generator;
    this.lateness = lateness;
  }

  /** The generator has finished; its metrics are not asked again. */
  void finished(long events) {
    generated = events;
    generating = false;
  }

  Events events() throws InterruptedException {
    try {
      if (generating) {
        generated = generator.read().done();
      }
    } catch (IOException e) {
      // A busy cluster answers late; the next second asks again.
      LOG.debug("no metrics of the generator", e);
    }
    return new Events(generated, rate.at(System.nanoTime(), generated));
  }

  Stored stored() throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(READY);
        ResultSet ready = statement.executeQuery()) {
      ready.next();
      return ready.getBoolean(1) ? readTables() : Stored.NOTHING;
    }
  }

  private Stored readTables() throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(TOTALS);
        ResultSet totals = statement.executeQuery()) {
      totals.next();
      return new Stored(
          totals.getLong(1),
          totals.getDouble(2),
          totals.getLong(3),
          windows(),
          counts(STATUSES),
          counts(URLS));
    }
  }

  private List<Window> windows() throws SQLException {
    List<Window> windows = new ArrayList<>();
    try (PreparedStatement statement = database.prepareStatement(WINDOWS)) {
      statement.setLong(1, lateness.toMillis());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          windows.add(window(row));
        }
      }
    }
    return windows;
  }

  private static Window window(ResultSet row) throws SQLException {
    String urls = row.getString(6);
    return new Window(
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        urls == null ? "" : urls,
        row.getLong(7));
  }

  private List<Count> counts(String query) throws SQLException {
    List<Count> counts = new ArrayList<>();
    try (PreparedStatement statement = database.prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        counts.add(new Count(row.getString(1), row.getLong(2)));
      }
    }
    return counts;
  }
}
