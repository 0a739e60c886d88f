package io.weir.consensus.server.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException.InvalidRequest;
import io.weir.consensus.http.wire.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads a backup from its first line to its checksum, a line at a time. */
final class BackupFile {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path file;
  private final InputStream in;
  private final MessageDigest digest = BackupFormat.sha256();
  private Contents contents = Contents.NONE;
  private @Nullable SavedJob job;
  private int line;

  private BackupFile(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /**
   * Reads the whole file. What the reader was told counts only when this returns.
   *
   * @throws DamagedBackup when it is not a backup, ends too early, goes on behind its end, or does
   *     not have its checksum
   */
  static Contents read(Path file, BackupReader reader) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in =
            new BufferedInputStream(new GZIPInputStream(raw, BUFFER_BYTES), BUFFER_BYTES)) {
      return new BackupFile(file, in).read(reader);
    } catch (EOFException e) {
      throw new DamagedBackup(file, "it ends too early");
    } catch (ZipException e) {
      throw new DamagedBackup(file, "it is no backup, or damaged: " + e.getMessage());
    }
  }

  private Contents read(BackupReader reader) throws IOException {
    byte[] header = nextLine();
    checkHeader(parse(header));
    add(header);
    while (true) {
      byte[] bytes = nextLine();
      ObjectNode next = parse(bytes);
      if (next.has(BackupFormat.END)) {
        checkEnd(next);
        return contents;
      }
      add(bytes);
      tell(reader, next);
    }
  }

  private void checkHeader(ObjectNode header) {
    if (!header.path(BackupFormat.BACKUP).asText().equals(BackupFormat.KIND)) {
      throw damaged("this is no backup of a configuration store");
    }
    int format = header.path("format").asInt();
    if (format != BackupFormat.FORMAT) {
      throw damaged("a backup of format " + format + "; this release knows " + BackupFormat.FORMAT);
    }
  }

  private void add(byte[] bytes) {
    digest.update(bytes);
    digest.update((byte) '\n');
  }

  private void tell(BackupReader reader, ObjectNode next) {
    if (next.has(BackupFormat.JOB)) {
      job = parsed(() -> BackupFormat.readJob(next));
      contents = contents.plus(1, 0, 0);
      judged(() -> reader.job(currentJob()));
    } else if (next.has(BackupFormat.ENTRY)) {
      LedgerEntry entry = parsed(() -> BackupFormat.readEntry(currentJob().job(), next));
      contents = contents.plus(0, 0, 1);
      judged(() -> reader.entry(entry));
    } else {
      Revision revision = parsed(() -> BackupFormat.readVersion(currentJob().job(), next));
      contents = contents.plus(0, 1, 0);
      judged(() -> reader.version(revision));
    }
  }

  private <T> T parsed(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (InvalidRequest e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  private void judged(Runnable telling) {
    try {
      telling.run();
    } catch (Unfit e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  private SavedJob currentJob() {
    if (job == null) {
      throw damaged("a job must come before what belongs to it");
    }
    return job;
  }

  private void checkEnd(ObjectNode end) throws IOException {
    String sha256 = HexFormat.of().formatHex(digest.digest());
    String said = parsed(() -> BackupFormat.readSha256(end));
    if (!sha256.equals(said)) {
      throw damaged("the SHA-256 of what comes before is " + sha256 + ", and should be " + said);
    }
    Contents whole = parsed(() -> BackupFormat.readEnd(end));
    if (!contents.equals(whole)) {
      throw damaged("there are " + contents + ", and should be " + whole);
    }
    if (in.read() >= 0) {
      throw damaged("it goes on behind its end");
    }
  }

  private byte[] nextLine() throws IOException {
    line++;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw damaged("it ends too early");
      }
      if (bytes.size() >= BackupFormat.MAX_LINE_BYTES) {
        throw damaged("a line of more than " + BackupFormat.MAX_LINE_BYTES + " bytes");
      }
      bytes.write(next);
    }
    return bytes.toByteArray();
  }

  private ObjectNode parse(byte[] bytes) {
    return parsed(() -> Json.read(bytes));
  }

  private DamagedBackup damaged(String why) {
    return new DamagedBackup(file, line, why);
  }
}
