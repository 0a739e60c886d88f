package io.weir.jobs.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server as a child process of this JVM, with its data in a temporary folder. Its
 * binaries come from Maven Central and are unpacked once into {@code embedded-pg} of the system's
 * temporary folder. It does not wait for the disk ({@code fsync} is off): what is in it dies with
 * it.
 *
 * <p>Starting takes 2 to 10 seconds, and works as root, too. When the process is told to end, the
 * server goes on until it is closed, so that its clients can end in order; if nobody closes it, it
 * is stopped after {@value #GRACE_SECONDS} seconds.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final Duration STARTUP_WAIT = Duration.ofSeconds(60);
  private static final String USER = "postgres";

  /** Longer than the patience of any {@link ExitHook}. */
  private static final long GRACE_SECONDS = 40;

  private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
  private final Path folder;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread backstop = new Thread(this::closeAfterGrace, "weir-postgres-backstop");

  private EmbeddedPostgres(
      io.zonky.test.db.postgres.embedded.EmbeddedPostgres server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /** Starts a server and waits until it answers. */
  public static EmbeddedPostgres start() {
    Path folder = TempFolder.create("weir-postgres-");
    try {
      EmbeddedPostgres postgres = new EmbeddedPostgres(startIn(folder), folder);
      postgres.installBackstop();
      return postgres;
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
        // When a row became visible: the demo's latency.
        .setServerConfig("track_commit_timestamp", "on")
        .setServerConfig("shared_buffers", "64MB")
        .setOutputRedirector(Redirect.DISCARD)
        .setErrorRedirector(Redirect.DISCARD)
        .setPGStartupWait(STARTUP_WAIT)
        // Its own hook stops the server at once, before its clients.
        .setRegisterShutdownHook(false)
        .start();
  }

  private void installBackstop() {
    try {
      Runtime.getRuntime().addShutdownHook(backstop);
    } catch (IllegalStateException e) {
      LOG.debug("the process is ending already, so whoever started the server closes it", e);
    }
  }

  private void closeAfterGrace() {
    try {
      if (!closed.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
        close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
    closed.countDown();
    removeBackstop();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not stop", e);
    } finally {
      TempFolder.delete(folder);
    }
  }

  private void removeBackstop() {
    try {
      Runtime.getRuntime().removeShutdownHook(backstop);
    } catch (IllegalStateException e) {
      LOG.debug("the process is ending; the backstop sees that it is not needed", e);
    }
  }
}
