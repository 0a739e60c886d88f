package io.weir.jobs.demo.balance;

import io.weir.jobs.analytics.AnalyticsRules;
import io.weir.jobs.expressions.InvalidExpressionException;
import io.weir.jobs.expressions.RowPredicate;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which events count, by the version that they were processed under. */
public final class RuleBook {

  private static final long MICROS = 1_000;

  /** The columns that {@code analytics.yaml} declares. */
  static final Schema COLUMNS =
      Schema.of(
          new Column("time", ColumnType.TIME),
          new Column("host", ColumnType.STRING),
          new Column("url", ColumnType.STRING),
          new Column("status", ColumnType.LONG),
          new Column("bytes", ColumnType.LONG));

  private final Map<Long, AnalyticsRules> versions;
  // Compiled when first used: a version that the job refused may be no condition at all.
  private final Map<Long, Optional<RowPredicate>> conditions = new HashMap<>();
  private final Row row = new Row(COLUMNS.size());

  public RuleBook(Map<Long, AnalyticsRules> versions) {
    this.versions = Map.copyOf(versions);
  }

  /** Whether there is such a version. */
  boolean has(long version) {
    return versions.containsKey(version);
  }

  /** Whether an event counts under a version that there is. */
  boolean counts(Event event, long version) {
    Optional<RowPredicate> condition = conditions.computeIfAbsent(version, this::compile);
    return condition.isEmpty() || condition.get().test(row(event));
  }

  private Optional<RowPredicate> compile(long version) {
    String where = versions.getOrDefault(version, AnalyticsRules.NONE).where();
    try {
      return where == null ? Optional.empty() : Optional.of(RowPredicate.of(where, COLUMNS));
    } catch (InvalidExpressionException e) {
      throw new IllegalStateException("an event was processed under version " + version, e);
    }
  }

  private Row row(Event event) {
    row.clear();
    row.setLong(0, event.timeMillis() * MICROS);
    row.setText(1, event.host());
    row.setText(2, event.url());
    row.setLong(3, event.status());
    row.setLong(4, event.bytes());
    return row;
  }
}
