package io.weir.consensus.server.raft;

import io.atomix.protocols.raft.service.RaftServiceContext;
import io.atomix.protocols.raft.storage.snapshot.Snapshot;
import io.atomix.protocols.raft.storage.snapshot.SnapshotWriter;
import io.atomix.utils.serializer.Serializer;
import io.atomix.utils.time.WallClockTimestamp;
import io.weir.consensus.server.lifecycle.DataDirectory;
import io.weir.consensus.server.lifecycle.Halt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Puts a snapshot in the log's place whenever the log has grown by so many bytes. Atomix does it by
 * the clock, 20 to 30 seconds late; until then every file of the log costs about three times its
 * size in memory and five open files, because its readers stay open behind them.
 *
 * <p>The snapshot is in Atomix' own format: for each service its length, then id, type, name,
 * configuration and state. It is written straight to its file, for the state may be a good part of
 * the heap; Atomix would hold it there three times over.
 */
final class Compaction {

  /** What it may grow to beside a large snapshot; it costs about eight times that in memory. */
  private static final long MAX_BYTES = 8L << 20;

  private final DurableRaftContext raft;
  private final Path directory;
  private final long minBytes;
  private final Halt halt;
  private long appendedBytes;
  private boolean running;
  private volatile long snapshotBytes;

  Compaction(DurableRaftContext raft, RaftSettings settings, Halt halt) {
    this.raft = raft;
    this.directory = settings.directory();
    this.minBytes = settings.compactBytes();
    this.halt = halt;
  }

  /**
   * The raft thread's. A snapshot larger than the log it replaces costs more than it saves, but the
   * log's memory decides.
   */
  void appended(int bytes) {
    appendedBytes += bytes;
    if (appendedBytes >= wantedBytes() && !running) {
      running = true;
      appendedBytes = 0;
      raft.getServiceManager().executor().execute(halt.guard(this::takeSnapshot));
    }
  }

  private long wantedBytes() {
    return Math.max(minBytes, Math.min(snapshotBytes, MAX_BYTES));
  }

  /** The state thread's, so that no entry is applied meanwhile. */
  private void takeSnapshot() {
    long index = raft.getLastApplied();
    if (raft.getLog().isCompactable(index)) {
      write(index);
    }
    raft.getThreadContext().execute(() -> compact(index));
  }

  private void write(long index) {
    try {
      Snapshot snapshot = raft.getSnapshotStore().newSnapshot(index, new WallClockTimestamp());
      try (SnapshotWriter writer = snapshot.openWriter()) {
        long start = writer.buffer().position();
        for (RaftServiceContext service : raft.getServices()) {
          write(service, writer);
        }
        snapshotBytes = writer.buffer().position() - start;
      }
      snapshot.complete();
    } catch (RuntimeException e) {
      halt.now("no snapshot could be written to " + directory, e);
      throw e;
    }
  }

  private static void write(RaftServiceContext service, SnapshotWriter writer) {
    int start = writer.buffer().position();
    writer.writeInt(0);
    byte[] config =
        Serializer.using(service.serviceType().namespace()).encode(service.serviceConfig());
    writer.writeLong(service.serviceId().id());
    writer.writeString(service.serviceType().name());
    writer.writeString(service.serviceName());
    writer.writeInt(config.length).write(config);
    service.takeSnapshot(writer);
    writer.buffer().writeInt(start, writer.buffer().position() - start - Integer.BYTES);
  }

  private void compact(long index) {
    running = false;
    if (raft.getSnapshotStore().getSnapshot(index) == null) {
      return; // not needed, or another of the same index is still being written
    }
    raft.getLog().compact(index);
    try {
      DataDirectory.force(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
