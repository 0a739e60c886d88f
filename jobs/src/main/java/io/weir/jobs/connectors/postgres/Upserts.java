package io.weir.jobs.connectors.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores batches over one connection, which it opens when it needs it and after a failure opens
 * anew. The first connection checks the table. Owned by one thread.
 */
final class Upserts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Upserts.class);

  private final PostgresSettings settings;
  private final String sql;
  private final int[] key;
  private @Nullable Connection connection;
  private boolean checked;

  Upserts(PostgresSettings settings) {
    this.settings = settings;
    sql = settings.table().upsert();
    key = settings.table().keyColumns();
  }

  /**
   * Connects and makes sure that the table can take the rows.
   *
   * @throws UnfitTableException if it cannot
   */
  void open() throws SQLException {
    connected();
  }

  private Connection connected() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = settings.database().connect();
      connection = open;
    }
    if (!checked) {
      new TableCheck(open, settings.table()).run(settings.create());
      checked = true;
    }
    return open;
  }

  /** Stores a batch in one transaction; afterwards every reader sees it. */
  void store(RowBatch batch) throws SQLException, IOException {
    if (!batch.schema().equals(settings.table().schema())) {
      throw new IOException(
          "a checkpoint holds rows that were not committed yet, with columns "
              + batch.schema().columns()
              + "; the table "
              + settings.table().name()
              + " is now written with "
              + settings.table().schema().columns()
              + "; stop the job as it was with --drain, then change it");
    }
    List<String> arrays = BatchArrays.of(batch, key);
    try (PreparedStatement statement = connected().prepareStatement(sql)) {
      for (int i = 0; i < arrays.size(); i++) {
        // No type of its own: the casts in the statement say what the text is.
        statement.setObject(i + 1, arrays.get(i), Types.OTHER);
      }
      statement.executeUpdate();
    }
  }

  /** Gives up the connection after a failure; the next use opens another. */
  void disconnect() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.debug("a connection that failed does not close", e);
      }
    }
  }

  @Override
  public void close() {
    disconnect();
  }
}
