package io.weir.consensus.server.storage;

import io.weir.consensus.server.paxos.Acceptor;
import io.weir.consensus.server.paxos.Ballot;
import io.weir.consensus.server.paxos.Past;
import io.weir.consensus.server.paxos.Slot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An acceptor's log: one file, which a compaction replaces by another that holds the same and no
 * more. What is appended is durable after {@link #sync}, all of it or nothing.
 *
 * <p>When it is opened, a last frame that is not whole is cut off: nobody was told of it. Anything
 * else that is broken is refused, for an acceptor that forgets can undo what was chosen.
 *
 * <p>After an {@link IOException} of {@link #sync} it must be opened anew.
 */
public class AcceptorLog {

  /** The name of a log that was never compacted. */
  public static final String FIRST = "paxos-0.log";

  private static final String PREFIX = "paxos-";
  private static final String SUFFIX = ".log";
  private static final String DRAFT = ".new";
  private static final String ADVICE =
      "Restore this node's folder from a copy of the moment it stopped; without one the node is"
          + " lost, and the cluster goes on with the others";

  /** Of a file that a compaction writes: what is held in memory meanwhile. */
  private static final int FRAME_BYTES = 1 << 20;

  private final Disk disk;
  private final long compactBytes;
  private long file;
  private long frames;
  private long bytes;
  private long bytesAfterCompaction;
  private Buffer pending = new Buffer();

  /** Bytes on their way to a frame. */
  private static final class Buffer extends ByteArrayOutputStream {
    private final DataOutputStream data = new DataOutputStream(this);

    byte[] frame(long number) {
      return Frames.frame(number, buf, count);
    }
  }

  /**
   * @param compactBytes above which, and above twice what the last compaction left, the file is
   *     replaced
   */
  public AcceptorLog(Disk disk, long compactBytes) {
    this.disk = disk;
    this.compactBytes = compactBytes;
  }

  /** Whether a folder has a log. */
  public static boolean isPresent(Disk disk) throws IOException {
    return disk.list().stream().anyMatch(AcceptorLog::isLog);
  }

  /** Whether anything was ever answered for: a log is made before it is written. */
  public static boolean isWritten(Disk disk) throws IOException {
    for (String name : disk.list()) {
      if (isLog(name) && disk.read(name).hasRemaining()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a file is one of a log. */
  public static boolean isLog(String name) {
    return name.matches(PREFIX + "[0-9]{1,18}" + SUFFIX);
  }

  private static String name(long number) {
    return PREFIX + number + SUFFIX;
  }

  private static long number(String name) {
    return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
  }

  /**
   * Reads all there is into an acceptor, and makes it durable.
   *
   * @throws DamagedLog when a part is broken that was durable once
   */
  public final void open(Acceptor acceptor) throws IOException {
    List<String> names = disk.list();
    for (String name : names) {
      if (name.endsWith(DRAFT)) {
        disk.delete(name);
      }
    }
    List<String> logs =
        names.stream()
            .filter(AcceptorLog::isLog)
            .sorted(Comparator.comparingLong(AcceptorLog::number))
            .toList();
    if (logs.isEmpty()) {
      return;
    }
    String newest = logs.get(logs.size() - 1);
    file = number(newest);
    load(newest, acceptor);
    for (String old : logs.subList(0, logs.size() - 1)) {
      disk.delete(old); // a compaction had taken its place, and was not done with this
    }
    // What a killed process wrote may be in memory only, and will be answered for from now on.
    disk.sync(newest);
    disk.syncFolder();
  }

  private void load(String name, Acceptor acceptor) throws IOException {
    ByteBuffer content = disk.read(name);
    int offset = 0;
    int length = Frames.contentAt(content, offset, frames);
    while (length >= 0) {
      byte[] records = new byte[length];
      content.get(offset + Frames.HEADER_BYTES, records);
      replay(name, offset, records, acceptor);
      offset += Frames.HEADER_BYTES + length;
      frames++;
      length = Frames.contentAt(content, offset, frames);
    }
    bytes = offset;
    if (offset < content.limit()) {
      cutTorn(name, content, offset);
    }
  }

  private void cutTorn(String name, ByteBuffer content, int offset) throws IOException {
    int next = Frames.nextFrame(content, offset);
    if (next >= 0) {
      throw new DamagedLog(
          "%s is damaged from byte %d on: a whole frame follows at byte %d. %s"
              .formatted(name, offset, next, ADVICE));
    }
    disk.truncate(name, offset);
  }

  private void replay(String name, int at, byte[] records, Acceptor acceptor) throws IOException {
    try {
      Records.read(new DataInputStream(new ByteArrayInputStream(records)), into(acceptor));
    } catch (IOException e) {
      throw new DamagedLog(
          "%s holds, in the frame at byte %d, what this release cannot read: %s"
              .formatted(name, at, e.getMessage()));
    }
  }

  /** Where records go when they are read. */
  Records.Target into(Acceptor acceptor) {
    return new Records.Target() {
      @Override
      public void promised(String key, Ballot promised) {
        restorePromise(acceptor, key, promised);
      }

      @Override
      public void accepted(String key, Slot slot) {
        acceptor.put(key, slot);
      }

      @Override
      public void past(String key, Past past) {
        acceptor.archive().keep(key, past);
      }
    };
  }

  /** A promise binds across restarts (CASPaxos, 2.2, step 3: the promise is persisted). */
  protected void restorePromise(Acceptor acceptor, String key, Ballot promised) {
    Slot slot = acceptor.slot(key);
    acceptor.put(key, new Slot(promised, slot.accepted(), slot.state()));
  }

  /** Adds what an acceptor answers with; to be durable after the next {@link #sync}. */
  public final void append(String key, Slot before, Slot now) throws IOException {
    Records.write(pending.data, key, now, !now.accepted().equals(before.accepted()));
  }

  /** Writes what was appended, and returns when it is on disk. */
  public final void sync() throws IOException {
    if (pending.size() == 0) {
      return;
    }
    byte[] frame = pending.frame(frames);
    pending = new Buffer();
    boolean isNew = bytes == 0;
    try {
      disk.append(name(file), frame);
    } catch (IOException e) {
      disk.truncate(name(file), bytes); // or nothing may follow it
      throw new DiskFull(e);
    }
    disk.sync(name(file));
    if (isNew) {
      disk.syncFolder();
    }
    frames++;
    bytes += frame.length;
  }

  /** Whether {@link #compact} would make the log much smaller. */
  public final boolean isLarge() {
    return bytes > Math.max(compactBytes, 2 * bytesAfterCompaction);
  }

  /** Replaces the file by one with what the acceptor holds now; only when all of it is synced. */
  public final void compact(Acceptor acceptor) throws IOException {
    Compacted compacted = new Compacted(name(file + 1) + DRAFT);
    try {
      Map<String, Slot> slots = new TreeMap<>(acceptor.slots());
      for (Map.Entry<String, Slot> slot : slots.entrySet()) {
        for (Past past : acceptor.archive().all(slot.getKey())) {
          Records.write(compacted.buffer.data, slot.getKey(), past);
          compacted.writeIfFull();
        }
        Records.write(compacted.buffer.data, slot.getKey(), slot.getValue(), true);
        compacted.writeIfFull();
      }
      compacted.write();
      syncCompacted(compacted.draft);
    } catch (IOException e) {
      discard(compacted.draft);
      throw new DiskFull(e);
    }
    disk.rename(compacted.draft, name(file + 1));
    disk.syncFolder();
    disk.delete(name(file));
    file++;
    frames = compacted.frames;
    bytes = compacted.bytes;
    bytesAfterCompaction = compacted.bytes;
  }

  /** Puts off the next compaction: this one had no room. */
  final void compactLater() {
    bytesAfterCompaction = bytes;
  }

  /** The file that is to take this one's place; a frame of it at a time is in memory. */
  private final class Compacted {
    private final String draft;
    private final Buffer buffer = new Buffer();
    private long frames;
    private long bytes;

    Compacted(String draft) {
      this.draft = draft;
    }

    void writeIfFull() throws IOException {
      if (buffer.size() >= FRAME_BYTES) {
        write();
      }
    }

    void write() throws IOException {
      byte[] frame = buffer.frame(frames++);
      buffer.reset();
      disk.append(draft, frame);
      bytes += frame.length;
    }
  }

  /** Before it takes the place of what was durable. */
  protected void syncCompacted(String draft) throws IOException {
    disk.sync(draft);
  }

  private void discard(String draft) throws IOException {
    if (disk.list().contains(draft)) {
      disk.delete(draft);
    }
  }

  /** Bytes of the file. */
  public final long bytes() {
    return bytes;
  }

  protected final Disk disk() {
    return disk;
  }
}
