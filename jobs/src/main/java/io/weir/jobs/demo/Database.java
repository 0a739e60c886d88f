package io.weir.jobs.demo;

import io.weir.jobs.local.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * How to reach PostgreSQL.
 *
 * @param url JDBC, without parameters
 */
record Database(String url, int port, String user, String password) {

  static Database of(EmbeddedPostgres postgres) {
    return new Database(postgres.url(), postgres.port(), postgres.user(), postgres.password());
  }

  Connection connect() throws SQLException {
    String bounded = url + "?ApplicationName=weir-demo&connectTimeout=10&socketTimeout=60";
    return DriverManager.getConnection(bounded, user, password);
  }

  /** A command that shows the results. */
  String psql() {
    return "psql -h 127.0.0.1 -p " + port + " -U " + user + " -c 'TABLE traffic'";
  }
}
