package io.weir.benchmarks.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A folder for the time of a measurement, and what was started in it. However the measurement ends,
 * by its end, by a failure or by Ctrl-C, everything is closed, the latest first, and the folder is
 * removed. Thread-safe.
 */
public final class Workplace implements AutoCloseable {

  private final Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Thread hook = new Thread(this::clear, "weir-bench-end");
  private boolean closed;

  private Workplace(Path folder) {
    this.folder = folder;
  }

  public static Workplace open() throws IOException {
    Workplace place = new Workplace(Files.createTempDirectory("weir-bench-"));
    Runtime.getRuntime().addShutdownHook(place.hook);
    return place;
  }

  public Path folder() {
    return folder;
  }

  /**
   * Starts something that must not be left behind.
   *
   * @throws IllegalStateException when the place is closed, so that nothing starts any more
   */
  public synchronized <T extends AutoCloseable> T start(Callable<T> starter) throws Exception {
    if (closed) {
      throw new IllegalStateException("the measurement has ended");
    }
    T started = starter.call();
    open.push(started);
    return started;
  }

  /** Closes something before the end. */
  public void close(AutoCloseable started) throws Exception {
    synchronized (this) {
      if (!open.remove(started)) {
        return;
      }
    }
    started.close();
  }

  @Override
  public void close() {
    clear();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already; the hook runs, or ran.
    }
  }

  private synchronized void clear() {
    if (closed) {
      return;
    }
    closed = true;
    open.forEach(Workplace::closeSaying);
    open.clear();
    delete(folder);
  }

  /** One that cannot be closed must not keep the others. */
  private static void closeSaying(AutoCloseable each) {
    try {
      each.close();
    } catch (Exception e) {
      System.err.println("weir: " + each + " could not be closed: " + e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.delete(file);
      }
    } catch (NoSuchFileException e) {
      // Somebody else removed it.
    } catch (IOException | UncheckedIOException e) {
      System.err.println("weir: " + folder + " could not be removed: " + e);
    }
  }
}
