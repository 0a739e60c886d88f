package io.weir.consensus.register;

import io.weir.consensus.Change;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The parts that commands, answers and snapshots share on disk and on the network: big-endian. */
final class Binary {

  /** Above any bounded text or content, so that damaged lengths do not ask for gigabytes. */
  private static final int MAX_BYTES = 1024 * 1024;

  private static final int ABSENT = -1;

  /** Of commands and snapshots; the next format notes the hashes of versions in the ledger. */
  private static final int FORMAT_WITHOUT_LEDGER_HASHES = 2;

  private Binary() {}

  /** Writes something. */
  interface Writing {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** Reads something. */
  interface Reading<T> {
    T readFrom(DataInputStream in) throws IOException;
  }

  static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try {
      writing.writeTo(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  static <T> T parsed(String what, byte[] bytes, Reading<T> reading) {
    try {
      return reading.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new IllegalArgumentException("the bytes are not " + what, e);
    }
  }

  static void writeBytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
    if (bytes == null) {
      out.writeInt(ABSENT);
    } else {
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length == ABSENT) {
      return null;
    }
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a length of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  static byte[] readPresent(DataInputStream in) throws IOException {
    byte[] bytes = readBytes(in);
    if (bytes == null) {
      throw new IOException("bytes are missing");
    }
    return bytes;
  }

  static void writeText(DataOutputStream out, String text) throws IOException {
    writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  static String readText(DataInputStream in) throws IOException {
    return new String(readPresent(in), StandardCharsets.UTF_8);
  }

  /** Reads a text that most likely is one that is in memory already, which is not kept twice. */
  static String readText(DataInputStream in, String known) throws IOException {
    byte[] bytes = readPresent(in);
    return isAscii(known, bytes) ? known : new String(bytes, StandardCharsets.UTF_8);
  }

  private static boolean isAscii(String text, byte[] bytes) {
    if (text.length() != bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (text.charAt(i) != bytes[i]) {
        return false; // as are bytes of other characters, which are negative
      }
    }
    return true;
  }

  static <E extends Enum<E>> void writeEnum(DataOutputStream out, E value) throws IOException {
    writeText(out, value.name());
  }

  static <E extends Enum<E>> E readEnum(DataInputStream in, Class<E> type) throws IOException {
    String name = readText(in);
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new IOException("no " + type.getSimpleName() + ": " + name, e);
    }
  }

  /** Refuses what neither this release nor those before it wrote. */
  static void checkFormat(String what, int format, int written) throws IOException {
    if (format > written || format < FORMAT_WITHOUT_LEDGER_HASHES) {
      throw new IOException(
          "%s of format %d; this release knows %d to %d"
              .formatted(what, format, FORMAT_WITHOUT_LEDGER_HASHES, written));
    }
  }

  /** Takes no bytes where nothing is abandoned; the kind, which comes before, tells. */
  static void writeAbandoned(DataOutputStream out, Change.Kind kind, @Nullable VersionId abandoned)
      throws IOException {
    if ((kind == Change.Kind.ADOPT) != (abandoned != null)) {
      throw new IllegalArgumentException(kind + " that abandons " + abandoned);
    }
    if (abandoned != null) {
      writeVersionId(out, abandoned);
    }
  }

  static void writeVersionId(DataOutputStream out, VersionId id) throws IOException {
    out.writeLong(id.version());
    writeText(out, id.hash());
  }

  static VersionId readVersionId(DataInputStream in) throws IOException {
    try {
      return new VersionId(in.readLong(), readText(in));
    } catch (StoreException e) {
      throw new IOException("not a version of a history", e);
    }
  }

  /** Of a job that is being restored; absent for any other. */
  static void writeTarget(DataOutputStream out, @Nullable VersionId target) throws IOException {
    out.writeBoolean(target != null);
    if (target != null) {
      writeVersionId(out, target);
    }
  }

  static @Nullable VersionId readTarget(DataInputStream in) throws IOException {
    return in.readBoolean() ? readVersionId(in) : null;
  }

  static void writeStored(DataOutputStream out, Stored stored) throws IOException {
    writeRevision(out, stored.revision());
    writeBytes(out, stored.content());
  }

  static Stored readStored(DataInputStream in) throws IOException {
    return readStored(in, null);
  }

  /** Reads a version that shares with the one before what both have. */
  static Stored readStored(DataInputStream in, @Nullable Revision previous) throws IOException {
    return new Stored(readRevision(in, previous), readBytes(in));
  }

  static @Nullable VersionId readAbandoned(DataInputStream in, Change.Kind kind)
      throws IOException {
    return kind == Change.Kind.ADOPT ? readVersionId(in) : null;
  }

  /** Without its document. */
  static void writeRevision(DataOutputStream out, Revision revision) throws IOException {
    writeText(out, revision.job());
    out.writeLong(revision.version());
    writeEnum(out, revision.kind());
    out.writeLong(revision.time().toEpochMilli());
    writeText(out, revision.author());
    writeText(out, revision.reason());
    writeText(out, revision.requestId());
    out.writeLong(revision.rolledBackTo());
    writeAbandoned(out, revision.kind(), revision.abandoned());
    writeText(out, revision.documentHash());
    writeText(out, revision.previousHash());
    writeText(out, revision.hash());
  }

  static Revision readRevision(DataInputStream in) throws IOException {
    return readRevision(in, null);
  }

  private static Revision readRevision(DataInputStream in, @Nullable Revision previous)
      throws IOException {
    String job = readText(in, previous == null ? "" : previous.job());
    long version = in.readLong();
    Change.Kind kind = readEnum(in, Change.Kind.class);
    return new Revision(
        job,
        version,
        kind,
        Instant.ofEpochMilli(in.readLong()),
        readText(in, previous == null ? "" : previous.author()),
        readText(in, previous == null ? "" : previous.reason()),
        readText(in),
        in.readLong(),
        readAbandoned(in, kind),
        readText(in),
        readText(in, previous == null ? "" : previous.hash()),
        readText(in),
        null);
  }

  static void writeLedgerEntry(DataOutputStream out, LedgerEntry entry) throws IOException {
    writeText(out, entry.job());
    writeText(out, entry.flinkJobId());
    out.writeLong(entry.checkpoint());
    out.writeLong(entry.version());
    writeText(out, entry.hash());
    out.writeLong(entry.time().toEpochMilli());
    out.writeInt(entry.subtasks());
    writeEnum(out, entry.outcome());
    writeText(out, entry.note());
  }

  static LedgerEntry readLedgerEntry(DataInputStream in, int format) throws IOException {
    return new LedgerEntry(
        readText(in),
        readText(in),
        in.readLong(),
        in.readLong(),
        format == FORMAT_WITHOUT_LEDGER_HASHES ? "" : readText(in),
        Instant.ofEpochMilli(in.readLong()),
        in.readInt(),
        readEnum(in, LedgerEntry.Outcome.class),
        readText(in));
  }
}
