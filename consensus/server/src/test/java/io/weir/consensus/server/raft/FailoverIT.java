package io.weir.consensus.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a leader's end costs. The figures are printed, for nothing can be promised on a busy
 * machine; that nothing acknowledged is lost is asserted. {@code -Dweir.failover.trials=20}
 * measures properly.
 */
class FailoverIT {

  private static final int TRIALS = Integer.getInteger("weir.failover.trials", 3);

  @TempDir private Path directory;

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger unknown = new AtomicInteger();
  private final AtomicLong killed = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong firstAfter = new AtomicLong(Long.MAX_VALUE);
  private volatile boolean stopping;

  @Test
  void losesNothingAcknowledgedWhenLeadersAreKilled() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(directory)) {
      List<Thread> writers = startWriters(cluster);
      List<Long> gaps = new ArrayList<>();
      for (int trial = 0; trial < TRIALS; trial++) {
        gaps.add(
            gapMillis(
                cluster,
                leader -> {
                  leader.kill();
                }));
        restartDead(cluster);
      }
      stop(writers);

      report("killed", gaps);
      assertNothingLost(cluster);
    }
  }

  @Test
  void losesNothingAcknowledgedWhenLeadersArePaused() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(directory)) {
      List<Thread> writers = startWriters(cluster);
      List<Long> gaps = new ArrayList<>();
      for (int trial = 0; trial < TRIALS; trial++) {
        String leader = cluster.awaitLeader();
        gaps.add(gapMillis(cluster, NodeProcess::pause));
        cluster.node(leader).resume();
        assertThat(cluster.node(leader).ask("barrier").get(60, TimeUnit.SECONDS)).startsWith("ok");
      }
      stop(writers);

      report("paused", gaps);
      assertNothingLost(cluster);
    }
  }

  private interface Blow {
    void to(NodeProcess leader) throws Exception;
  }

  /** From the blow to the first answer to a command that was submitted after it. */
  private long gapMillis(ProcessCluster cluster, Blow blow) throws Exception {
    NodeProcess leader = cluster.node(cluster.awaitLeader());
    firstAfter.set(Long.MAX_VALUE);
    killed.set(System.nanoTime());
    blow.to(leader);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (firstAfter.get() == Long.MAX_VALUE) {
      assertThat(System.nanoTime()).as("no write for 30 s").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(1);
    }
    long gap = firstAfter.get() - killed.get();
    killed.set(Long.MAX_VALUE);
    return TimeUnit.NANOSECONDS.toMillis(gap);
  }

  private List<Thread> startWriters(ProcessCluster cluster) {
    List<Thread> writers = new ArrayList<>();
    for (String name : cluster.names()) {
      Thread writer = new Thread(() -> write(cluster, name), "writer-" + name);
      writer.start();
      writers.add(writer);
    }
    return writers;
  }

  private void write(ProcessCluster cluster, String name) {
    for (int i = 0; !stopping; i++) {
      String command = name + i;
      long submitted = System.nanoTime();
      String answer =
          cluster.node(name).answers()
              ? cluster.node(name).ask("submit " + command).join()
              : "not now";
      if (answer.startsWith("ok")) {
        acknowledged.add(command);
        if (submitted > killed.get()) {
          firstAfter.accumulateAndGet(System.nanoTime(), Math::min);
        }
      } else if (answer.equals("unknown")) {
        unknown.incrementAndGet();
      }
      pauseABit();
    }
  }

  private static void pauseABit() {
    try {
      TimeUnit.MILLISECONDS.sleep(5); // the rate of a client, not a wait for something
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void restartDead(ProcessCluster cluster) throws Exception {
    for (String name : cluster.names()) {
      if (!cluster.node(name).answers()) {
        cluster.startNode(name).awaitStart();
        assertThat(cluster.node(name).ask("barrier").get(60, TimeUnit.SECONDS)).startsWith("ok");
      }
    }
  }

  private void stop(List<Thread> writers) throws InterruptedException {
    stopping = true;
    for (Thread writer : writers) {
      writer.join();
    }
  }

  private void assertNothingLost(ProcessCluster cluster) throws Exception {
    List<String> order = List.of();
    for (String name : cluster.names()) {
      assertThat(cluster.node(name).ask("barrier").get(60, TimeUnit.SECONDS)).startsWith("ok");
      List<String> entries =
          List.of(cluster.node(name).ask("entries").join().substring(3).split(",", -1));
      assertThat(entries).containsAll(acknowledged);
      if (!order.isEmpty()) {
        int both = Math.min(order.size(), entries.size());
        assertThat(entries.subList(0, both)).isEqualTo(order.subList(0, both));
      }
      order = entries;
    }
  }

  private void report(String blow, List<Long> gaps) {
    Collections.sort(gaps);
    System.out.printf(
        "%d leaders %s: %d ms without an acknowledged write at p50, %d ms at most"
            + " (%d writes acknowledged, %d of unknown outcome)%n",
        gaps.size(),
        blow,
        gaps.get(gaps.size() / 2),
        gaps.get(gaps.size() - 1),
        acknowledged.size(),
        unknown.get());
  }
}
