package io.weir.jobs.connectors;

import io.weir.jobs.connectors.postgres.DirectPostgresSink;
import io.weir.jobs.connectors.postgres.PostgresDatabase;
import io.weir.jobs.connectors.postgres.PostgresSettings;
import io.weir.jobs.connectors.postgres.PostgresSink;
import io.weir.jobs.connectors.postgres.PostgresTable;
import io.weir.jobs.settings.Section;
import io.weir.operators.row.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.jspecify.annotations.Nullable;

/**
 * Rows as rows of a PostgreSQL table, upserted by the table's key.
 *
 * @param table {@code table} or {@code schema.table}; null: the rows' own name
 * @param create whether a missing table is made
 */
public record PostgresSinkSettings(
    PostgresDatabase database, @Nullable String table, Guarantee guarantee, boolean create)
    implements SinkSettings {

  private static final String SCHEME = "jdbc:postgresql:";

  static PostgresSinkSettings read(Section section) {
    return new PostgresSinkSettings(
        new PostgresDatabase(url(section), properties(section)),
        table(section),
        section.choice("guarantee", Guarantee.class, Guarantee.EXACTLY_ONCE),
        section.flag("create", true));
  }

  private static String url(Section section) {
    String url = section.text("url");
    if (section.has("url") && !url.startsWith(SCHEME)) {
      section.problem("url", "must be " + SCHEME + "//host:port/database");
    }
    return url;
  }

  private static Map<String, String> properties(Section section) {
    Map<String, String> properties = new LinkedHashMap<>(section.properties("properties"));
    for (String key : new String[] {"user", "password"}) {
      String value = section.optionalText(key);
      if (value != null) {
        properties.put(key, value);
      }
    }
    return properties;
  }

  private static @Nullable String table(Section section) {
    String table = section.optionalText("table");
    if (table != null && !table.matches("[^.]+(\\.[^.]+)?")) {
      section.problem("table", "must be table or schema.table, not " + table);
    }
    return table;
  }

  /** A table of that name; behind an underscore where the settings name one. */
  @Override
  public PostgresSinkSettings part(String name) {
    return new PostgresSinkSettings(
        database, table == null ? name : table + "_" + name, guarantee, create);
  }

  @Override
  public Sink<Row> sink(Table rows) {
    String name = table == null ? rows.name() : table;
    PostgresSettings settings =
        new PostgresSettings(database, new PostgresTable(name, rows.schema(), rows.key()), create);
    return guarantee == Guarantee.EXACTLY_ONCE
        ? new PostgresSink(settings)
        : new DirectPostgresSink(settings);
  }
}
