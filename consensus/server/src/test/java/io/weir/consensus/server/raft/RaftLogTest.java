package io.weir.consensus.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.weir.consensus.log.LogStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaftLogTest {

  @TempDir private Path directory;

  @Test
  void appliesTheSameCommandsInTheSameOrderOnEveryNode() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(directory)) {
      List<CompletableFuture<byte[]>> answers = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        String node = cluster.nodes().get(i % 3);
        answers.add(cluster.log(node).submit(Journal.bytes("command " + i)));
      }
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
      for (String node : cluster.nodes()) {
        cluster.log(node).barrier().get(60, TimeUnit.SECONDS);
      }

      List<String> expected = IntStream.range(0, 300).mapToObj(i -> "command " + i).toList();
      List<String> order = cluster.journal("a").entries();
      assertThat(order).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(cluster.journal("b").entries()).isEqualTo(order);
      assertThat(cluster.journal("c").entries()).isEqualTo(order);
      assertThat(cluster.halts()).isEmpty();
    }
  }

  @Test
  void showsAtABarrierWhatAnotherNodeAcknowledged() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(directory)) {
      String leader = cluster.awaitLeader();
      String follower = cluster.follower();
      for (int i = 0; i < 100; i++) {
        cluster.submit(leader, "command " + i);
        cluster.log(follower).barrier().get(60, TimeUnit.SECONDS);

        assertThat(cluster.journal(follower).entries()).hasSize(i + 1);
      }
    }
  }

  @Test
  void writesNothingForABarrier() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(directory)) {
      cluster.submit(cluster.awaitLeader(), "command");
      for (String node : cluster.nodes()) {
        cluster.log(node).barrier().get(60, TimeUnit.SECONDS);
      }
      long committed = cluster.log(cluster.awaitLeader()).status().committed();

      for (int i = 0; i < 100; i++) {
        cluster.log(cluster.nodes().get(i % 3)).barrier().get(60, TimeUnit.SECONDS);
      }

      // Sessions are kept by an entry every few seconds; a barrier that writes would add a hundred.
      assertThat(cluster.log(cluster.awaitLeader()).status().committed())
          .isLessThan(committed + 50);
    }
  }

  @Test
  void keepsWhatWasAcknowledgedWhenAllNodesStartAgain() throws Exception {
    List<String> expected = new ArrayList<>();
    try (LocalCluster cluster = LocalCluster.start(directory)) {
      for (int i = 0; i < 20; i++) {
        cluster.submit("b", "command " + i);
        expected.add("command " + i);
      }
      cluster.restartAll();
      cluster.log("c").barrier().get(60, TimeUnit.SECONDS);

      assertThat(cluster.journal("c").entries()).isEqualTo(expected);
      LogStatus status = cluster.log("c").status();
      assertThat(status.applied()).isEqualTo(status.committed());
      assertThat(status.members()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void completesABarrierOnlyWhenTheLocalStateMachineIsThere() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(directory)) {
      String slow = cluster.follower();
      String other = cluster.awaitLeader();
      cluster.submit(other, "first");
      CountDownLatch release = new CountDownLatch(1);
      cluster.journal(slow).beforeNextApply(() -> awaitLatch(release));
      cluster.submit(other, "second");

      CompletableFuture<Void> barrier = cluster.log(slow).barrier();
      cluster.log(other).barrier().get(60, TimeUnit.SECONDS);
      assertThat(barrier).isNotDone();
      assertThat(cluster.journal(other).entries()).containsExactly("first", "second");
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(cluster.log(slow).status().committed())
                      .isGreaterThan(cluster.log(slow).status().applied()));

      release.countDown();
      barrier.get(60, TimeUnit.SECONDS);
      assertThat(cluster.journal(slow).entries()).containsExactly("first", "second");
    }
  }

  @Test
  void takesCommandsUpToTheirLargestSizeAndNoLarger() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(directory)) {
      String largest = "x".repeat(RaftSettings.MAX_COMMAND_BYTES);
      cluster.submit("a", largest);
      cluster.submit("b", largest);
      cluster.log("c").barrier().get(60, TimeUnit.SECONDS);

      assertThat(cluster.journal("c").entries()).containsExactly(largest, largest);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> cluster.log("a").submit(Journal.bytes(largest + "x")));
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
