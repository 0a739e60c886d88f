package io.weir.consensus.server.raft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.snapshot.Snapshot;
import io.atomix.protocols.raft.storage.snapshot.SnapshotReader;
import io.atomix.protocols.raft.storage.snapshot.SnapshotWriter;
import io.atomix.storage.StorageLevel;
import io.atomix.utils.concurrent.NullThreadContext;
import io.atomix.utils.time.WallClockTimestamp;
import io.weir.consensus.server.lifecycle.Halt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's own snapshot and the leader's, both of the same index, in every order. */
class NodeSnapshotsTest {

  private static final long INDEX = 7;
  private static final byte[] STATE = "the state at index 7".getBytes(UTF_8);

  @TempDir private Path directory;

  private final List<String> halts = new ArrayList<>();
  private final StateThread stateThread = new StateThread();

  /** Runs what is queued when told to. */
  private static final class StateThread extends NullThreadContext {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean current;

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public boolean isCurrentContext() {
      return current;
    }

    void runQueued() {
      while (!tasks.isEmpty()) {
        in(tasks.remove());
      }
    }

    void in(Runnable task) {
      current = true;
      task.run();
      current = false;
    }
  }

  private NodeSnapshots open() {
    RaftStorage storage =
        RaftStorage.builder()
            .withPrefix(LogFiles.PREFIX)
            .withDirectory(directory.toFile())
            .withStorageLevel(StorageLevel.DISK)
            .withNamespace(RaftNamespaces.RAFT_STORAGE)
            .build();
    return new NodeSnapshots(storage, stateThread, new Halt((reason, cause) -> halts.add(reason)));
  }

  private static void write(Snapshot snapshot, int from, int to) {
    try (SnapshotWriter writer = snapshot.openWriter()) {
      writer.write(STATE, from, to - from);
    }
  }

  private static Snapshot received(NodeSnapshots snapshots) {
    Snapshot received = snapshots.newTemporarySnapshot(INDEX, new WallClockTimestamp());
    write(received, 0, STATE.length);
    return received;
  }

  private void assertOneWhole(NodeSnapshots snapshots) throws IOException {
    assertThat(content(snapshots)).isEqualTo(STATE);
    assertThat(files()).hasSize(1);
    assertThat(content(open())).as("after a restart").isEqualTo(STATE);
    assertThat(halts).isEmpty();
  }

  private static byte[] content(NodeSnapshots snapshots) {
    byte[] found = new byte[STATE.length];
    try (SnapshotReader reader = snapshots.getSnapshot(INDEX).openReader()) {
      reader.read(found);
      assertThat(reader.hasRemaining()).isFalse();
    }
    return found;
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".snapshot")).toList();
    }
  }

  @Test
  void keepsItsOwnWhenTheLeadersComesWhileItIsWritten() throws Exception {
    NodeSnapshots snapshots = open();
    List<Snapshot> own = new ArrayList<>();
    stateThread.in(
        () -> {
          own.add(snapshots.newSnapshot(INDEX, new WallClockTimestamp()));
          write(own.get(0), 0, STATE.length);
        });

    received(snapshots).persist().complete();
    stateThread.in(() -> own.get(0).complete());
    stateThread.runQueued();

    assertOneWhole(snapshots);
  }

  @Test
  void doesNotCompleteTheLeadersWhileItIsWritten() throws Exception {
    NodeSnapshots snapshots = open();
    Snapshot leaders = snapshots.newSnapshot(INDEX, new WallClockTimestamp());
    SnapshotWriter writer = leaders.openWriter();
    writer.write(STATE, 0, 5);

    stateThread.in(
        () -> {
          Snapshot own = snapshots.newSnapshot(INDEX, new WallClockTimestamp());
          write(own, 0, STATE.length);
          own.complete();
        });
    stateThread.runQueued();
    assertThat(snapshots.getSnapshot(INDEX)).as("half of one").isNull();
    writer.write(STATE, 5, STATE.length - 5);
    writer.close();
    leaders.complete();

    assertOneWhole(snapshots);
  }

  @Test
  void ignoresTheLeadersWhenItHasItsOwn() throws Exception {
    NodeSnapshots snapshots = open();
    stateThread.in(
        () -> {
          Snapshot own = snapshots.newSnapshot(INDEX, new WallClockTimestamp());
          write(own, 0, STATE.length);
          own.complete();
        });

    received(snapshots).persist().complete();

    assertOneWhole(snapshots);
  }
}
