package io.weir.consensus.server.lifecycle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A node's directory: locked against other processes, and marked with whose it is, so that a node
 * never votes with the memory of another.
 */
public final class DataDirectory implements AutoCloseable {

  private static final String LOCK = "lock";
  private static final String IDENTITY = "identity";

  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Opens a directory, which is made if it is not there.
   *
   * @param identity whose it is; see {@link #identity}
   * @param isData tells a node's data, which must not be there without a mark
   * @throws StartRefused when another process has it, or another node
   */
  public static DataDirectory open(Path path, String identity, Predicate<Path> isData)
      throws IOException, StartRefused {
    Files.createDirectories(path);
    FileChannel lockFile =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    DataDirectory directory = new DataDirectory(path, lockFile);
    try {
      directory.lock();
      directory.claim(identity, isData);
      return directory;
    } catch (IOException | StartRefused e) {
      lockFile.close();
      throw e;
    }
  }

  public Path path() {
    return path;
  }

  /** Makes files that came, went or were renamed durable. */
  public static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private void lock() throws IOException, StartRefused {
    if (tryLock() == null) {
      throw new StartRefused(path + " is in use by another process");
    }
  }

  private @Nullable FileLock tryLock() throws IOException {
    try {
      return lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void claim(String expected, Predicate<Path> isData) throws IOException, StartRefused {
    Path file = path.resolve(IDENTITY);
    if (Files.exists(file)) {
      requireSame(Files.readString(file), expected);
    } else {
      requireEmpty(isData);
      writeAtomically(IDENTITY, expected);
    }
  }

  private void requireSame(String found, String expected) throws StartRefused {
    if (!found.equals(expected)) {
      throw new StartRefused(
          path
              + " belongs to another node, cluster or membership; it says\n"
              + found
              + "but this node is\n"
              + expected
              + "The membership of a cluster cannot be changed: start a new cluster from a backup");
    }
  }

  private void requireEmpty(Predicate<Path> isData) throws IOException, StartRefused {
    try (Stream<Path> files = Files.list(path)) {
      if (files.anyMatch(isData)) {
        throw new StartRefused(
            path + " holds a log but not the file '" + IDENTITY + "' that says whose it is");
      }
    }
  }

  /** Writes a small file, whole or not at all, and durable. */
  public void writeAtomically(String name, String text) throws IOException {
    Path next = path.resolve(name + ".new");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(next, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    force(path);
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      force(parent);
    }
  }

  /**
   * The mark of a directory.
   *
   * @param format tells data of different kinds apart
   */
  public static String identity(
      String format, String cluster, String node, Collection<String> members) {
    return "format: "
        + format
        + "\ncluster: "
        + cluster
        + "\nnode: "
        + node
        + "\nmembers: "
        + String.join(" ", new TreeSet<>(members))
        + "\n";
  }

  /** Gives the lock back. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
