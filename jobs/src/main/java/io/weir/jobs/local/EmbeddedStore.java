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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A configuration store of three nodes or of one, each a process of its own, with its data in a
 * temporary folder or in one that is kept. The nodes end with this process, however it ends.
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
  private final FolderLock lock;
  private final boolean kept;

  private EmbeddedStore(Process process, Path folder, FolderLock lock, boolean kept) {
    this.process = process;
    this.folder = folder;
    this.lock = lock;
    this.kept = kept;
  }

  /**
   * Starts the nodes.
   *
   * @throws IOException if the program cannot be started
   */
  public static EmbeddedStore start(StoreProgram program) throws IOException {
    return start(program, TempFolder.create("weir-store-"), NODES, false);
  }

  /**
   * Starts a single node.
   *
   * @param folder where it lives; made if it is missing
   * @param kept whether the folder stays when the node ends, to be used again
   * @throws IOException if the folder is in use, or the program cannot be started
   */
  public static EmbeddedStore startNode(StoreProgram program, Path folder, boolean kept)
      throws IOException {
    TempFolder.createAt(folder);
    return start(program, folder, 1, kept);
  }

  private static EmbeddedStore start(StoreProgram program, Path folder, int nodes, boolean kept)
      throws IOException {
    // Clients would reach the nodes of whoever has the folder, and take them for these.
    FolderLock lock = FolderLock.take(folder);
    try {
      return new EmbeddedStore(start(program, folder, nodes), folder, lock, kept);
    } catch (IOException | RuntimeException e) {
      leave(folder, lock, kept);
      throw e;
    }
  }

  private static void leave(Path folder, FolderLock lock, boolean kept) {
    lock.close();
    if (!kept) {
      TempFolder.delete(folder);
    }
  }

  private static Process start(StoreProgram program, Path folder, int nodes) throws IOException {
    return new ProcessBuilder(program.cluster(folder, nodes))
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

  /**
   * Waits until the nodes answer.
   *
   * @throws IOException if they end, or take too long
   */
  public void awaitReady() throws IOException, InterruptedException {
    try (HttpStore client = connect()) {
      CompletableFuture<List<String>> answer = client.jobs();
      while (!answer.isDone()) {
        if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IOException("the configuration store has ended: " + lastLines());
        }
      }
      answer.join();
    } catch (CompletionException e) {
      throw new IOException("the configuration store does not answer: " + e.getCause(), e);
    }
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

  /** Ends the nodes and removes their data, unless it is to be kept. */
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
      leave(folder, lock, kept);
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
