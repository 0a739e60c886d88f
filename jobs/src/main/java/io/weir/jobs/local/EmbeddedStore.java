package io.weir.jobs.local;

import io.weir.consensus.http.HttpStore;
import io.weir.consensus.http.HttpStoreSettings;
import io.weir.consensus.http.PemTls;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A configuration store of three nodes, each a process of its own, with its data in a temporary
 * folder. The nodes end with this process, however it ends.
 *
 * <p>Starting takes 4 to 15 seconds: {@link #start} does not wait for it, calls of {@link #connect}
 * do.
 */
public final class EmbeddedStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);
  private static final int NODES = 3;
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration GRACE = Duration.ofSeconds(25);
  private static final int LAST_LINES = 20;

  private final Process process;
  private final Path folder;

  private EmbeddedStore(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /**
   * Starts the nodes.
   *
   * @throws IOException if the program cannot be started
   */
  public static EmbeddedStore start(StoreProgram program) throws IOException {
    Path folder = TempFolder.create("weir-store-");
    try {
      return new EmbeddedStore(start(program, folder), folder);
    } catch (IOException | RuntimeException e) {
      TempFolder.delete(folder);
      throw e;
    }
  }

  private static Process start(StoreProgram program, Path folder) throws IOException {
    return new ProcessBuilder(program.cluster(folder, NODES))
        .redirectErrorStream(true)
        .redirectOutput(output(folder).toFile())
        .start();
  }

  private static Path output(Path folder) {
    return folder.resolve("cluster.log");
  }

  /** What {@code weir config} needs to reach the store. */
  public Path clientFile() {
    return folder.resolve("store.yaml");
  }

  /**
   * A client, as soon as its settings are there. Its first call waits until the nodes answer.
   *
   * @throws IOException if the nodes do not start
   */
  public HttpStore connect() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!Files.exists(clientFile())) {
      if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)
          || System.nanoTime() - deadline > 0) {
        throw new IOException("the nodes do not start: " + lastLines());
      }
    }
    return new HttpStore(settings().withCallLimit(START_LIMIT));
  }

  private HttpStoreSettings settings() throws IOException {
    Section file = new SettingsFile(new Problems(), name -> null).read(clientFile(), List.of());
    return HttpStoreSettings.of(
        file.texts("nodes").stream().map(URI::create).toList(),
        PemTls.context(folder.resolve(file.text("authority")), null, null),
        Files.readString(folder.resolve(file.text("token-file"))).strip());
  }

  private String lastLines() throws IOException {
    List<String> lines = Files.readAllLines(output(folder));
    return String.join(
        System.lineSeparator(),
        lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** Ends the nodes and removes their data. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("the configuration store does not end within {} s: killed", GRACE.toSeconds());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the configuration store does not stop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(process.toHandle());
      TempFolder.delete(folder);
    }
  }

  /** A process with its children, if they have not ended by themselves. */
  private static void end(ProcessHandle process) {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(each -> each.onExit().join());
  }
}
