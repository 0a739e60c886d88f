package io.weir.jobs.connectors.postgres;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/**
 * How to reach a database.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param properties the driver's own, {@code user} and {@code password} among them; they win over
 *     the defaults here
 */
public record PostgresDatabase(String url, Map<String, String> properties) implements Serializable {

  // In seconds. Too small, and a slow server fails the job; too large, and a dead one stalls it.
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "ApplicationName", "weir",
          "connectTimeout", "10",
          "loginTimeout", "20",
          "socketTimeout", "120",
          "tcpKeepAlive", "true");

  public PostgresDatabase {
    properties = Map.copyOf(properties);
  }

  /** A new connection; every statement is a transaction of its own. */
  Connection connect() throws SQLException {
    Properties all = new Properties();
    all.putAll(DEFAULTS);
    all.putAll(properties);
    loadDriver();
    return DriverManager.getConnection(url, all);
  }

  // In a Flink cluster the driver is in the job's class loader, where nobody looks for it.
  private static void loadDriver() {
    try {
      Class.forName("org.postgresql.Driver", true, PostgresDatabase.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the driver of PostgreSQL is part of the job's jar", e);
    }
  }

  /** Without the properties: a password may be among them. */
  @Override
  public String toString() {
    return url;
  }
}
