package io.weir.jobs.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A PostgreSQL server as a child process of this JVM, with its data in a temporary folder. Its
 * binaries come from Maven Central and are unpacked once into {@code embedded-pg} of the system's
 * temporary folder. It does not wait for the disk ({@code fsync} is off): what is in it dies with
 * it.
 *
 * <p>Starting takes 2 to 10 seconds, and works as root, too.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private static final Duration STARTUP_WAIT = Duration.ofSeconds(60);
  private static final String USER = "postgres";

  private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
  private final Path folder;

  private EmbeddedPostgres(
      io.zonky.test.db.postgres.embedded.EmbeddedPostgres server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /** Starts a server and waits until it answers. */
  public static EmbeddedPostgres start() {
    Path folder = TempFolder.create("weir-postgres-");
    try {
      return new EmbeddedPostgres(startIn(folder), folder);
    } catch (IOException e) {
      TempFolder.delete(folder);
      throw new UncheckedIOException("PostgreSQL does not start", e);
    }
  }

  private static io.zonky.test.db.postgres.embedded.EmbeddedPostgres startIn(Path folder)
      throws IOException {
    return io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("data"))
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("max_connections", "100")
        .setServerConfig("shared_buffers", "64MB")
        .setOutputRedirector(Redirect.DISCARD)
        .setErrorRedirector(Redirect.DISCARD)
        .setPGStartupWait(STARTUP_WAIT)
        .start();
  }

  /** The JDBC address of the database {@code postgres}, without user and password. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/postgres";
  }

  public int port() {
    return server.getPort();
  }

  public String user() {
    return USER;
  }

  /** Any password would do: the server trusts everybody who can reach 127.0.0.1. */
  public String password() {
    return USER;
  }

  Path folder() {
    return folder;
  }

  /** Stops the server and removes its data. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not stop", e);
    } finally {
      TempFolder.delete(folder);
    }
  }
}
