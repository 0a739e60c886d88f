package io.weir.jobs.letters;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * A file that is written beside its name, under a hidden one of its own, and gets the name when it
 * is whole and on disk. Of several at the same time the first to be whole gets it.
 */
final class NewFile implements AutoCloseable {

  private final Path file;
  private final Path partial;
  private final FileChannel channel;

  private NewFile(Path file, String permissions) throws IOException {
    if (Files.exists(file)) {
      throw isThere(file);
    }
    FileAttribute<?> mode =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    this.file = file.toAbsolutePath();
    this.partial =
        Files.createTempFile(folder(this.file), "." + file.getFileName() + ".", ".partial", mode);
    this.channel = FileChannel.open(partial, StandardOpenOption.WRITE);
  }

  /** Only its owner may read it. */
  static NewFile ofOwner(Path file) throws IOException {
    return new NewFile(file, "rw-------");
  }

  /** Whoever the process's mask lets may read it. */
  static NewFile ofAll(Path file) throws IOException {
    return new NewFile(file, "rw-rw-rw-");
  }

  OutputStream stream() {
    return Channels.newOutputStream(channel);
  }

  /**
   * Gives the file its name; what was written must be flushed.
   *
   * @throws FileAlreadyExistsException if something else got the name meanwhile, which stays
   */
  void finish() throws IOException {
    channel.force(true);
    link();
    try (FileChannel folder = FileChannel.open(folder(file), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  // A move either takes another file's place, or looks for one first and may look too early. That a
  // link is made only where nothing is, the system promises. The other name goes at the end.
  private void link() throws IOException {
    try {
      Files.createLink(file, partial);
    } catch (FileAlreadyExistsException e) {
      throw isThere(file);
    } catch (FileSystemException | UnsupportedOperationException e) {
      throw new IOException(
          file + ": its file system must know hard links, but " + e.getMessage(), e);
    }
  }

  private static FileAlreadyExistsException isThere(Path file) {
    return new FileAlreadyExistsException(file.toString(), null, "is there already");
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent(), "an absolute path of a file has a folder");
  }

  /** Removes the hidden name, and with it what is not whole. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(partial);
  }
}
