package io.weir.consensus.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.consensus.server.lifecycle.HaltHandler;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every node on a disk of its own, and what the disks take from it. */
class PowerLossIT {

  private static final int DISK_MEGABYTES = 24;
  private static final int COMMANDS = 150;
  private static final int ROUNDS = Boolean.getBoolean("weir.soak") ? 20 : 2;

  @TempDir private Path directory;

  private final List<LoopDisk> disks = new ArrayList<>();
  private final List<String> acknowledged = new ArrayList<>();

  @BeforeEach
  void mountDisks() throws Exception {
    assumeTrue(LoopDisk.isAvailable(directory), "mounting loop devices needs root");
    for (String name : List.of("a", "b", "c")) {
      disks.add(LoopDisk.create(directory.resolve(name), DISK_MEGABYTES));
    }
  }

  @AfterEach
  void unmountDisks() throws Exception {
    for (LoopDisk disk : disks) {
      disk.close();
    }
  }

  /** One follower is paused, so a command is acknowledged by the leader and the other alone. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsWhatWasAcknowledgedOnBothDisksThatCounted(boolean leaderComesBack) throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(directory)) {
      String leader = cluster.awaitLeader();
      List<String> followers = cluster.names().stream().filter(n -> !n.equals(leader)).toList();
      cluster.node(followers.get(0)).pause();
      // Through many files of the log, and beyond a snapshot.
      for (int i = 0; i < COMMANDS; i++) {
        submit(cluster.node(leader), "command" + i + "x".repeat(10_000));
      }

      losePowerEverywhere(cluster);
      restart(cluster, List.of(followers.get(0), leaderComesBack ? leader : followers.get(1)));

      assertThat(acknowledged).hasSize(COMMANDS);
      assertNothingLost(cluster, followers.get(0));
    }
  }

  /** A leader that is cut off fills its log with what the others never see. */
  @Test
  void keepsWhatWasAcknowledgedWhenPowerFailsRightAfterATruncation() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(directory)) {
      submit(cluster.node(cluster.awaitLeader()), "first");
      for (int round = 0; round < ROUNDS; round++) {
        String old = cluster.awaitLeader();
        List<String> others = cluster.names().stream().filter(n -> !n.equals(old)).toList();
        appendAlone(cluster, old, others);
        acknowledgeWithout(cluster, others, round);

        cluster.node(old).resume();
        if (round % 2 == 0) {
          assertThat(cluster.node(old).ask("barrier").get(60, TimeUnit.SECONDS)).startsWith("ok");
        }
        losePowerEverywhere(cluster);
        restart(cluster, round % 2 == 0 ? List.of(old, others.get(0)) : cluster.names());

        assertNothingLost(cluster, old);
        assertNothingLost(cluster, others.get(0));
        if (round % 2 == 0) {
          cluster.startNode(others.get(1)).awaitStart();
        }
        assertNothingLost(cluster, others.get(1));
      }
    }
  }

  private void appendAlone(ProcessCluster cluster, String leader, List<String> others)
      throws Exception {
    for (String other : others) {
      cluster.node(other).pause();
    }
    for (int i = 0; i < 10; i++) {
      CompletableFuture<String> unused =
          cluster.node(leader).ask("submit !cut off " + "x".repeat(30_000));
    }
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> lastIndex(leader) >= lastIndex(others.get(0)) + 2);
    cluster.node(leader).pause();
  }

  /** Fewer and shorter entries than those that they replace. */
  private void acknowledgeWithout(ProcessCluster cluster, List<String> others, int round)
      throws Exception {
    for (String other : others) {
      cluster.node(other).resume();
    }
    NodeProcess leader = cluster.node(cluster.awaitLeader());
    for (int i = 0; i < 3; i++) {
      assertThat(submit(leader, "round " + round + " command " + i)).isTrue();
    }
  }

  /** Of a node's log, as its files show it. */
  private long lastIndex(String node) throws Exception {
    long last = 0;
    try (var files = Files.list(directory.resolve(node))) {
      for (Path file : files.filter(LogFiles::isSegment).toList()) {
        String name = file.getFileName().toString();
        SegmentFile segment = SegmentFile.read(file, Long.parseLong(name.replaceAll("\\D", "")));
        segment.scan();
        last = Math.max(last, segment.firstIndex() + segment.entries() - 1);
      }
    }
    return last;
  }

  @Test
  void acknowledgesNothingOnAFullDiskAndGoesOnWhenThereIsRoom() throws Exception {
    for (LoopDisk disk : disks) {
      fill(disk);
    }
    try (ProcessCluster cluster = ProcessCluster.start(directory)) {
      String leader = cluster.awaitLeader();
      while (submit(cluster.node(leader), "command" + acknowledged.size() + "x".repeat(40_000))) {
        assertThat(acknowledged).as("more than fits").hasSizeLessThan(300);
      }
      assertThat(cluster.node(leader).awaitExit()).isEqualTo(HaltHandler.EXIT_CODE);

      for (LoopDisk disk : disks) {
        Files.delete(disk.mountPoint().resolve("filler"));
      }
      restart(cluster, cluster.names());

      for (String name : cluster.names()) {
        assertNothingLost(cluster, name);
      }
      assertThat(submit(cluster.node("a"), "afterwards")).isTrue();
    }
  }

  private boolean submit(NodeProcess node, String command) throws Exception {
    return node.ask("submit " + command).get(60, TimeUnit.SECONDS).startsWith("ok")
        && acknowledged.add(command);
  }

  private static void fill(LoopDisk disk) throws Exception {
    Path filler = disk.mountPoint().resolve("filler");
    long room = disk.mountPoint().toFile().getUsableSpace() - (3 << 20);
    try (RandomAccessFile file = new RandomAccessFile(filler.toFile(), "rw")) {
      for (long written = 0; written < room; written += 1 << 16) {
        file.write(new byte[1 << 16]);
      }
      file.getFD().sync();
    }
  }

  private void losePowerEverywhere(ProcessCluster cluster) throws Exception {
    for (String name : cluster.names()) {
      cluster.node(name).kill();
    }
    for (LoopDisk disk : disks) {
      disk.losePower();
    }
  }

  private static void restart(ProcessCluster cluster, List<String> names) throws Exception {
    for (String name : names) {
      cluster.node(name).kill();
      cluster.startNode(name);
    }
    for (String name : names) {
      assertThat(cluster.node(name).awaitStart()).isEqualTo("started");
    }
    cluster.awaitLeader();
  }

  private void assertNothingLost(ProcessCluster cluster, String name) throws Exception {
    assertThat(cluster.node(name).ask("barrier").get(60, TimeUnit.SECONDS)).startsWith("ok");
    assertThat(List.of(cluster.node(name).ask("entries").join().substring(3).split(",", -1)))
        .containsAll(acknowledged);
  }
}
