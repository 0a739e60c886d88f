package io.weir.cluster.faults;

import io.weir.cluster.faults.Fault.Group;
import io.weir.cluster.faults.Fault.Mending;
import io.weir.cluster.process.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small file system of its own for checkpoints, which can be filled. Only root may mount one.
 * Made before the first job starts: it hides what the folder held.
 */
final class FullDisk implements AutoCloseable {

  private static final String SIZE = "128m";
  private static final int LARGE = 1 << 20;
  private static final int SMALL = 1 << 12;
  private static final Duration LONGEST_MOUNT = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMillis(20);
  private static final Logger LOG = LoggerFactory.getLogger(FullDisk.class);

  private final Path folder;
  private final Thread atExit = new Thread(this::unmount, "weir-unmount");

  private FullDisk(Path folder) {
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Mounts it; nothing, if this process may not. */
  static Optional<FullDisk> mount(Path folder) throws InterruptedException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.empty();
    }
    try {
      run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "weir", folder.toString());
      return Optional.of(new FullDisk(folder));
    } catch (IOException e) {
      // Containers have a root that may not.
      LOG.info("there will be no full disk: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var unused =
        new Program(command[0], List.of(command), Path.of("/"), Map.of()).run(LONGEST_MOUNT);
  }

  Fault fault() {
    return new Fault(
        "disk of the checkpoints full", Group.DISK, Duration.ofSeconds(12), false, job -> fill());
  }

  /** Takes what is free, and what becomes free, until it is mended. */
  private Mending fill() throws IOException {
    Path filler = folder.resolve("filler");
    OutputStream out = Files.newOutputStream(filler);
    AtomicBoolean mended = new AtomicBoolean();
    fill(out, LARGE);
    Thread filling = new Thread(() -> keepFull(out, mended), "weir-full-disk");
    filling.start();
    return () -> {
      mended.set(true);
      filling.join();
      out.close();
      Files.delete(filler);
    };
  }

  private static void keepFull(OutputStream out, AtomicBoolean mended) {
    while (!mended.get()) {
      fill(out, SMALL);
      LockSupport.parkNanos(REST.toNanos());
    }
  }

  /** Writes until the disk says that it is full. */
  private static void fill(OutputStream out, int block) {
    byte[] bytes = new byte[block];
    try {
      while (true) {
        out.write(bytes);
      }
    } catch (IOException e) {
      LOG.debug("the disk is full", e);
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    unmount();
  }

  private void unmount() {
    try {
      // Lazily: a process that is being ended may still look at it.
      run("umount", "-l", folder.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be unmounted", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
