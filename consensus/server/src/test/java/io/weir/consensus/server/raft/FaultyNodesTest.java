package io.weir.consensus.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.consensus.log.LogOutcomeUnknown;
import io.weir.consensus.log.LogStatus;
import io.weir.consensus.log.LogUnavailable;
import io.weir.consensus.log.StateMachine;
import io.weir.consensus.server.lifecycle.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are missing, damaged or too full, in one process. */
class FaultyNodesTest {

  @TempDir private Path directory;

  @Test
  void answersEveryCommandWithinItsLimitWhenTheMajorityIsGone() throws Exception {
    Duration limit = Duration.ofSeconds(3);
    try (LocalCluster cluster =
        LocalCluster.start(directory, settings -> settings.withSubmitLimit(limit))) {
      String survivor = cluster.awaitLeader();
      cluster.submit(survivor, "before");
      for (String node : cluster.nodes()) {
        if (!node.equals(survivor)) {
          cluster.closeNode(node);
        }
      }

      long start = System.nanoTime();
      CompletableFuture<byte[]> sent = cluster.log(survivor).submit(Journal.bytes("sent"));
      CompletableFuture<Void> barrier = cluster.log(survivor).barrier();

      assertFailsWith(LogOutcomeUnknown.class, sent);
      assertFailsWith(LogUnavailable.class, barrier);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit.multipliedBy(3));

      Awaitility.await().until(() -> cluster.log(survivor).status().leader() == null);
      assertFailsWith(
          LogUnavailable.class, cluster.log(survivor).submit(Journal.bytes("never sent")));
    }
  }

  @Test
  void givesABarrierUpWithinItsLimitWhereTheStateMachineStandsStill() throws Exception {
    Duration limit = Duration.ofSeconds(3);
    try (LocalCluster cluster =
        LocalCluster.start(directory, settings -> settings.withSubmitLimit(limit))) {
      String slow = cluster.follower();
      CountDownLatch release = new CountDownLatch(1);
      cluster.journal(slow).beforeNextApply(() -> awaitLatch(release));
      cluster.submit(cluster.awaitLeader(), "command");

      CompletableFuture<Void> barrier = cluster.log(slow).barrier();

      assertFailsWith(LogUnavailable.class, barrier);
      release.countDown();
      cluster.log(slow).barrier().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void electsALeaderAlsoWhileNoNodeHasAppliedWhatItHad() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(directory)) {
      cluster.submit(cluster.awaitLeader(), "before");
      cluster.nodes().forEach(cluster::closeNode);
      Map<String, CountDownLatch> applying = startWithHeldStateMachines(cluster);
      String first = awaitLeaderKnownTo(cluster, cluster.nodes());
      Objects.requireNonNull(applying.get(first)).countDown();

      cluster.closeNode(first);
      List<String> survivors =
          cluster.nodes().stream().filter(node -> !node.equals(first)).toList();
      String second = awaitLeaderKnownTo(cluster, survivors);

      assertThat(survivors).contains(second);
      applying.values().forEach(CountDownLatch::countDown);
      cluster.submit(second, "after");
      assertThat(cluster.journal(second).entries()).containsExactly("before", "after");
    }
  }

  private static Map<String, CountDownLatch> startWithHeldStateMachines(LocalCluster cluster)
      throws Exception {
    Map<String, CountDownLatch> applying = new HashMap<>();
    for (String node : cluster.nodes()) {
      CountDownLatch release = new CountDownLatch(1);
      Journal journal = new Journal();
      journal.beforeNextApply(() -> awaitLatch(release));
      cluster.startNode(node, journal);
      applying.put(node, release);
    }
    return applying;
  }

  /** The leader that these nodes agree on, of which all know a committed entry. */
  private static String awaitLeaderKnownTo(LocalCluster cluster, List<String> nodes) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> nodes.stream().map(node -> leaderKnownTo(cluster, node)).distinct().toList(),
            leaders -> leaders.size() == 1 && nodes.contains(leaders.get(0)))
        .get(0);
  }

  private static String leaderKnownTo(LocalCluster cluster, String node) {
    LogStatus status = cluster.log(node).status();
    return status.committed() > 0 ? String.valueOf(status.leader()) : "";
  }

  @Test
  void boundsTheBytesThatWaitAlsoAfterTheirNumberWasExceeded() throws Exception {
    try (LocalCluster cluster =
        LocalCluster.start(
            directory, settings -> settings.withSubmitLimit(Duration.ofSeconds(3)))) {
      String survivor = cluster.awaitLeader();
      cluster.nodes().stream().filter(n -> !n.equals(survivor)).forEach(cluster::closeNode);
      RaftLog log = cluster.log(survivor);
      List<CompletableFuture<Void>> barriers =
          IntStream.range(0, 5_000).mapToObj(i -> log.barrier()).toList();
      byte[] large = new byte[RaftSettings.MAX_COMMAND_BYTES];
      for (int i = 0; i < 1_000; i++) {
        assertThat(log.submit(large)).isCompletedExceptionally();
      }
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> barriers.stream().allMatch(CompletableFuture::isDone));

      List<CompletableFuture<byte[]>> taken =
          IntStream.range(0, 1_000).mapToObj(i -> log.submit(large)).toList();

      assertThat(taken.get(999)).isCompletedExceptionally();
      assertThat(taken.get(100)).isNotCompletedExceptionally();
    }
  }

  @Test
  void keepsLogAndMemorySmallAndLetsALateNodeCatchUpFromASnapshot() throws Exception {
    long limit = 1 << 20;
    try (LocalCluster cluster =
        LocalCluster.start(directory, settings -> settings.withCompactBytes(limit))) {
      String late = cluster.follower();
      cluster.submit(late, "first");
      cluster.closeNode(late);
      String node = cluster.awaitLeader();
      submitMany(cluster, node, 10_000, "!" + "x".repeat(1000));
      cluster.submit(node, "last");

      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> new LogFiles(directory.resolve(node)).logBytes() < 3 * limit);
      cluster.startNode(late);
      cluster.log(late).barrier().get(60, TimeUnit.SECONDS);

      assertThat(cluster.journal(late).entries()).containsExactly("first", "last");
      assertThat(cluster.journal(late).count()).isEqualTo(10_002);
      assertThat(cluster.journal(late).restores()).isPositive();
      assertThat(cluster.journal(node).restores()).as("of its own snapshot").isZero();

      long start = System.nanoTime();
      cluster.restartAll();
      cluster.log(node).barrier().get(60, TimeUnit.SECONDS);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
      assertThat(cluster.journal(node).count()).isEqualTo(10_002);
      assertThat(cluster.halts()).isEmpty();
    }
  }

  @Test
  void haltsInsteadOfGoingOnWithPartOfASnapshot() throws Exception {
    try (LocalCluster cluster =
        LocalCluster.start(directory, settings -> settings.withCompactBytes(1 << 19))) {
      String node = cluster.follower();
      submitMany(cluster, node, 2000, "x".repeat(500));
      Awaitility.await().until(() -> snapshot(node) != null);
      cluster.closeNode(node);
      Path file = Objects.requireNonNull(snapshot(node));
      try (RandomAccessFile snapshot = new RandomAccessFile(file.toFile(), "rw")) {
        snapshot.seek(snapshot.length() / 2);
        snapshot.write('?');
      }
      cluster.startNode(node);

      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> cluster.halts().containsKey(node));
      assertThat(cluster.halts().get(node)).contains("snapshot").contains("checksum");
    }
  }

  @Test
  void haltsWhenTheStateMachineThrows() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(directory)) {
      String node = cluster.follower();
      cluster.closeNode(node);
      CompletableFuture<String> halted = new CompletableFuture<>();
      try (RaftLog log =
          RaftLog.start(
              cluster.settings(node), new Throwing(), (reason, cause) -> halted.complete(reason))) {
        CompletableFuture<byte[]> unused = log.submit(Journal.bytes("command"));

        assertThat(halted.get(60, TimeUnit.SECONDS)).contains("could not be applied");
      }
    }
  }

  @Test
  void refusesToStartOnADamagedLog() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(directory)) {
      String node = cluster.follower();
      for (int i = 0; i < 100; i++) {
        cluster.submit(node, "command " + i);
      }
      cluster.closeNode(node);
      try (RandomAccessFile log =
          new RandomAccessFile(directory.resolve(node).resolve("raft-1.log").toFile(), "rw")) {
        log.seek(700);
        log.write('?');
        log.write('?');
      }

      assertThatExceptionOfType(StartRefused.class)
          .isThrownBy(() -> cluster.startNode(node))
          .withMessageContaining("raft-1.log is damaged at offset");
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void submitMany(LocalCluster cluster, String node, int count, String command)
      throws Exception {
    for (int done = 0; done < count; done += 500) {
      List<CompletableFuture<byte[]>> answers = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        answers.add(cluster.log(node).submit(Journal.bytes(command)));
      }
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    }
  }

  private @Nullable Path snapshot(String node) throws IOException {
    try (var files = Files.list(directory.resolve(node))) {
      return files.filter(file -> file.toString().endsWith(".snapshot")).findFirst().orElse(null);
    }
  }

  private static void assertFailsWith(
      Class<? extends Exception> type, CompletableFuture<?> answer) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
        .withCauseInstanceOf(type);
  }

  private static final class Throwing implements StateMachine {

    @Override
    public byte[] apply(long index, long timeMillis, byte[] command) {
      throw new IllegalStateException("on purpose");
    }

    @Override
    public void snapshot(OutputStream out) {}

    @Override
    public void restore(InputStream in) {}
  }
}
