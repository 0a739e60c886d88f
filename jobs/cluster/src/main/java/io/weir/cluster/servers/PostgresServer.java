package io.weir.cluster.servers;

import io.weir.cluster.process.Patience;
import io.weir.cluster.process.Program;
import io.weir.cluster.process.Service;
import io.weir.jobs.local.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PostgreSQL, with what is committed on the disk. Its programs come from Maven Central and are
 * unpacked once into the system's temporary folder.
 */
public final class PostgresServer {

  /** Any password would do: the server trusts everybody who can reach 127.0.0.1. */
  public static final String USER = "postgres";

  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final boolean USER_IS_ROOT = "root".equals(System.getProperty("user.name"));

  private final Service service;
  private final int port;

  private PostgresServer(Service service, int port) {
    this.service = service;
    this.port = port;
  }

  /** Makes the database's files; starts no process that stays. */
  public static PostgresServer prepare(Place place) throws IOException {
    Path data = place.folder().resolve("postgres");
    int port;
    Path programs;
    try (EmbeddedPostgres maker =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setServerConfig("listen_addresses", Place.HOST)
            .setServerConfig("unix_socket_directories", "")
            .setOutputRedirector(Redirect.DISCARD)
            .setErrorRedirector(Redirect.DISCARD)
            .setPGStartupWait(LONGEST_START)
            .setPort(FreePorts.findLasting(1).get(0))
            .start()) {
      port = maker.getPort();
      programs = programs(data);
    }
    return new PostgresServer(place.service(program(place, programs, data, port)), port);
  }

  /** Where the programs were unpacked: that of the running server is among them. */
  private static Path programs(Path data) throws IOException {
    List<String> lines = Files.readAllLines(data.resolve("postmaster.opts"));
    return Path.of(lines.get(0).split(" ", -1)[0].replace("\"", ""));
  }

  private static Program program(Place place, Path postgres, Path data, int port) {
    List<String> command = new ArrayList<>();
    if (USER_IS_ROOT) {
      // PostgreSQL refuses to run as root; in a namespace of its own it does not.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(List.of(postgres.toString(), "-D", data.toString()));
    command.addAll(List.of("-p", String.valueOf(port), "-c", "listen_addresses=" + Place.HOST));
    command.addAll(List.of("-c", "unix_socket_directories=", "-c", "max_connections=100"));
    command.addAll(List.of("-c", "shared_buffers=32MB"));
    return new Program("postgres", command, place.folder(), Map.of());
  }

  public Service service() {
    return service;
  }

  /** Waits until it answers. */
  public void awaitReady(Patience patience) throws IOException, InterruptedException {
    patience.until("PostgreSQL's start", () -> Optional.of(answers()));
  }

  private boolean answers() throws IOException {
    try (Connection connection = connect(USER)) {
      return connection.isValid(5);
    } catch (SQLException e) {
      throw new IOException("PostgreSQL does not answer", e);
    }
  }

  /** The JDBC address of the database {@code postgres}, without user and password. */
  public String url() {
    return url(USER);
  }

  /** The JDBC address of a database. */
  public String url(String database) {
    return "jdbc:postgresql://" + Place.HOST + ":" + port + "/" + database;
  }

  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        url(database) + "?connectTimeout=10&socketTimeout=60", USER, USER);
  }

  /** Makes an empty database. */
  public void create(String database) throws SQLException {
    try (Connection connection = connect(USER);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
    }
  }
}
