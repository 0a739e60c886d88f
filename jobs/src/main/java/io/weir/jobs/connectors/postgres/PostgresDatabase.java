package io.weir.jobs.connectors.postgres;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.Driver;
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
  public Connection connect() throws SQLException {
    Properties all = new Properties();
    all.putAll(DEFAULTS);
    all.putAll(properties);
    Driver driver = driver();
    // Otherwise the driver refuses it itself, and repeats all of it.
    if (!driver.acceptsURL(url)) {
      throw new SQLException(this + " is no address of PostgreSQL");
    }
    return driver.connect(url, all);
  }

  /**
   * In a cluster the driver is in the job's class loader. There nobody else looks for it, and what
   * is registered would keep that loader, with all classes of the job, when the job has ended.
   */
  private static synchronized Driver driver() {
    ClassLoader job = PostgresDatabase.class.getClassLoader();
    try {
      Class<?> type = Class.forName("org.postgresql.Driver", true, job);
      boolean ours = type.getClassLoader() != ClassLoader.getSystemClassLoader();
      if (ours && Boolean.TRUE.equals(type.getMethod("isRegistered").invoke(null))) {
        type.getMethod("deregister").invoke(null);
      }
      return (Driver) type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the driver of PostgreSQL is part of the job's jar", e);
    }
  }

  /** Without the properties, also those in the URL: a password may be among them. */
  @Override
  public String toString() {
    int question = url.indexOf('?');
    return question < 0 ? url : url.substring(0, question);
  }
}
