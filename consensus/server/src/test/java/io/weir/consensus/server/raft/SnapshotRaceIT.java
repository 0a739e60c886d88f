package io.weir.consensus.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Followers that fall behind snapshots every few seconds, while every node takes its own several
 * times a second: the leader's snapshots meet theirs.
 */
@EnabledIfSystemProperty(named = "weir.soak", matches = "true", disabledReason = "takes minutes")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SnapshotRaceIT {

  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("weir.race.seconds", 300));
  private static final String COMPACT_BYTES = "weir.raft.compact";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path directory;

  private final AtomicLong acknowledged = new AtomicLong();
  private volatile boolean stopping;

  @BeforeEach
  void compactOften() {
    System.setProperty(COMPACT_BYTES, String.valueOf(2 * RaftSettings.SEGMENT_BYTES));
  }

  @AfterEach
  void compactAsUsual() {
    System.clearProperty(COMPACT_BYTES);
  }

  @Test
  void survivesSnapshotsThatMeet() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    try (ProcessCluster cluster = ProcessCluster.start(directory)) {
      List<Thread> writers = startWriters(cluster);
      int blows = strike(cluster, new Random(seed));
      stopping = true;
      for (Thread writer : writers) {
        writer.join();
      }

      System.out.printf(
          "%d followers fell behind, %d commands acknowledged%n", blows, acknowledged.get());
      assertThat(acknowledged.get()).isGreaterThan(TIME.toSeconds());
      assertAllAgree(cluster, "seed " + seed);
    }
  }

  private List<Thread> startWriters(ProcessCluster cluster) {
    List<Thread> writers = new ArrayList<>();
    for (String name : cluster.names()) {
      for (int i = 0; i < 4; i++) {
        Thread writer = new Thread(() -> write(cluster, name), "writer-" + name + i);
        writer.start();
        writers.add(writer);
      }
    }
    return writers;
  }

  private void write(ProcessCluster cluster, String name) {
    String command = "submit !" + "x".repeat(4_000);
    while (!stopping) {
      if (!cluster.node(name).answers()) {
        pass(20);
      } else if (cluster.node(name).ask(command).join().startsWith("ok")) {
        acknowledged.incrementAndGet();
      }
    }
  }

  private static int strike(ProcessCluster cluster, Random random) throws Exception {
    long end = System.nanoTime() + TIME.toNanos();
    int blows = 0;
    while (System.nanoTime() - end < 0) {
      String leader = cluster.awaitLeader();
      List<String> others = cluster.names().stream().filter(n -> !n.equals(leader)).toList();
      NodeProcess follower = cluster.node(others.get(random.nextInt(others.size())));
      if (random.nextInt(4) > 0) {
        follower.pause();
        pass(300 + random.nextInt(1_500));
        follower.resume();
      } else {
        follower.kill();
        pass(300 + random.nextInt(1_500));
        cluster
            .startNode(
                others.stream().filter(n -> cluster.node(n) == follower).findFirst().orElseThrow())
            .awaitStart();
      }
      blows++;
      pass(200 + random.nextInt(1_500));
      assertThat(cluster.names()).allMatch(name -> cluster.node(name).answers());
    }
    return blows;
  }

  private void assertAllAgree(ProcessCluster cluster, String story) throws Exception {
    for (String name : cluster.names()) {
      Awaitility.await(story)
          .atMost(PATIENCE)
          .until(
              () -> cluster.node(name).ask("barrier").get(60, TimeUnit.SECONDS).startsWith("ok"));
    }
    List<String> counts = new ArrayList<>();
    for (String name : cluster.names()) {
      counts.add(cluster.node(name).ask("count").get(60, TimeUnit.SECONDS));
    }
    assertThat(counts).as(story).allMatch(counts.get(0)::equals);
    assertThat(Long.parseLong(counts.get(0).substring(3)))
        .as(story)
        .isGreaterThanOrEqualTo(acknowledged.get());
  }

  /** Lets time pass for the blow to be felt: nothing is waited for. */
  private static void pass(long millis) {
    try {
      boolean unused = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
