package io.weir.jobs.connectors.postgres;

import java.io.Serializable;

/**
 * What rows are stored in.
 *
 * @param create whether the table is made where it is missing
 */
public record PostgresSettings(PostgresDatabase database, PostgresTable table, boolean create)
    implements Serializable {}
