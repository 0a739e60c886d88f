package io.weir.consensus.server.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Revision;
import io.weir.consensus.http.wire.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a backup beside its name, which it gets when it is whole and on disk. Only its owner may
 * read it. Another one under the same name, at the same time, writes beside it: the first to be
 * whole gets the name, and the other fails.
 */
final class BackupWriter implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 * 1024;

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path file;
  private final Path partial;
  private final FileChannel channel;
  private final GZIPOutputStream gzip;
  private final OutputStream out;
  private final MessageDigest digest = BackupFormat.sha256();
  private Contents contents = Contents.NONE;

  BackupWriter(Path file, Instant time) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString(), null, "is there already");
    }
    this.file = file.toAbsolutePath();
    this.partial = Files.createTempFile(folder(), file.getFileName() + ".", ".partial", OWNER_ONLY);
    this.channel = FileChannel.open(partial, StandardOpenOption.WRITE);
    this.gzip = new GZIPOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    this.out = new BufferedOutputStream(gzip, BUFFER_BYTES);
    write(BackupFormat.header(time));
  }

  void job(SavedJob job) throws IOException {
    write(BackupFormat.job(job));
    contents = contents.plus(1, 0, 0);
  }

  void entry(LedgerEntry entry) throws IOException {
    write(BackupFormat.entry(entry));
    contents = contents.plus(0, 0, 1);
  }

  void version(Revision revision) throws IOException {
    write(BackupFormat.version(revision));
    contents = contents.plus(0, 1, 0);
  }

  private void write(ObjectNode line) throws IOException {
    byte[] bytes = Json.write(line);
    digest.update(bytes);
    digest.update((byte) '\n');
    out.write(bytes);
    out.write('\n');
  }

  /** Makes the file whole and gives it its name. */
  Contents finish() throws IOException {
    String sha256 = HexFormat.of().formatHex(digest.digest());
    out.write(Json.write(BackupFormat.end(contents, sha256)));
    out.write('\n');
    out.flush();
    gzip.finish();
    channel.force(true);
    // Unlike an atomic move, this one does not take the place of a file that came meanwhile.
    Files.move(partial, file);
    try (FileChannel folder = FileChannel.open(folder(), StandardOpenOption.READ)) {
      folder.force(true);
    }
    return contents;
  }

  private Path folder() {
    return Objects.requireNonNull(file.getParent(), "an absolute path of a file has a folder");
  }

  /** Removes what is not whole. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(partial);
  }
}
