package io.weir.consensus.server.raft;

import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.snapshot.Snapshot;
import io.atomix.protocols.raft.storage.snapshot.SnapshotStore;
import io.atomix.utils.concurrent.ThreadContext;
import io.atomix.utils.time.WallClockTimestamp;
import io.weir.consensus.server.lifecycle.DataDirectory;
import io.weir.consensus.server.lifecycle.Halt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The snapshots of a node. Atomix writes the snapshot a leader sends into the file of the node's
 * own unfinished snapshot when both are of the same index, and deletes a file that is in use when
 * the second one is completed. Both hold the same state, so here the first to be written is the one
 * that counts, and is complete as soon as either is.
 *
 * <p>The super class's constructor loads what is on disk before this class's fields exist.
 */
final class NodeSnapshots extends SnapshotStore {

  private final Path directory;
  private final ThreadContext writer;
  private final Halt halt;
  private final Map<Long, Snapshot> unfinished;
  private volatile long ownIndex;

  /**
   * @param writer the thread that writes the node's own snapshots: what is queued there finds them
   *     whole
   */
  NodeSnapshots(RaftStorage storage, ThreadContext writer, Halt halt) {
    super(storage);
    this.writer = writer;
    this.directory = storage.directory().toPath();
    this.halt = halt;
    this.unfinished = new HashMap<>();
  }

  /**
   * The state thread asks before it applies an entry, and would restore the newest snapshot just
   * below it. A node that took that snapshot itself has the state already; restoring it again would
   * put the sessions back to what they were then, under the leader's hands.
   */
  @Override
  @SuppressWarnings("NullAway") // Atomix: null means none
  public Snapshot getCurrentSnapshot() {
    Snapshot newest = super.getCurrentSnapshot();
    return newest != null && newest.index() == ownIndex && writer.isCurrentContext()
        ? null
        : newest;
  }

  @Override
  public synchronized Snapshot newSnapshot(long index, WallClockTimestamp timestamp) {
    if (getSnapshot(index) != null || unfinished.containsKey(index)) {
      return newTemporarySnapshot(index, timestamp);
    }
    Snapshot snapshot = super.newSnapshot(index, timestamp);
    unfinished.put(index, snapshot);
    if (writer.isCurrentContext()) {
      ownIndex = index;
    }
    return snapshot;
  }

  @Override
  protected synchronized void completeSnapshot(Snapshot snapshot) {
    if (unfinished == null) {
      super.completeSnapshot(snapshot);
    } else if (getSnapshot(snapshot.index()) == null) {
      Snapshot written = unfinished.get(snapshot.index());
      if (written == null || written.equals(snapshot)) {
        keep(snapshot);
      } else if (snapshot.index() == ownIndex) {
        unfinished.remove(snapshot.index());
        writer.execute(written::complete);
      }
      // Else the leader's is still being written, on another thread, and completes itself.
    }
  }

  private void keep(Snapshot snapshot) {
    forceDirectory();
    super.completeSnapshot(snapshot);
    unfinished.keySet().removeIf(index -> index <= snapshot.index());
  }

  private void forceDirectory() {
    try {
      DataDirectory.force(directory);
    } catch (IOException e) {
      halt.now("a snapshot could not be made durable", e);
    }
  }
}
