package io.weir.consensus.server.node;

import io.weir.consensus.http.HttpStore;
import io.weir.consensus.http.NodeStatus;
import io.weir.consensus.log.LogStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Strikes the nodes of a cluster, one fault after the other, as a seed decides. */
final class Faults {

  private final ProcessCluster cluster;
  private final HttpStore observer;
  private final Cuts cuts;
  private final Random random;
  private final List<String> done = new ArrayList<>();

  Faults(ProcessCluster cluster, HttpStore observer, Cuts cuts, long seed) {
    this.cluster = cluster;
    this.observer = observer;
    this.cuts = cuts;
    this.random = new Random(seed);
  }

  /** Goes on for some time; at its end all nodes run. */
  void strikeFor(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      pass(2_000 + random.nextInt(2_000));
      switch (random.nextInt(7)) {
        case 0, 1 -> killOne();
        case 2 -> pauseLeader();
        case 3, 4 -> cutOff(anyNode(), random.nextBoolean());
        case 5 -> cutOff(leader().orElse(anyNode()), random.nextBoolean());
        default -> killAll();
      }
    }
  }

  List<String> done() {
    return List.copyOf(done);
  }

  private void killOne() throws Exception {
    String node = anyNode();
    done.add("kill " + node);
    cluster.node(node).kill();
    pass(500 + random.nextInt(1_500));
    cluster.start(node);
  }

  private String anyNode() {
    List<String> nodes = cluster.folder().nodes();
    return nodes.get(random.nextInt(nodes.size()));
  }

  /** From the others, or only what it asks them: they still reach it. */
  private void cutOff(String node, boolean oneWay) throws InterruptedException {
    done.add((oneWay ? "cut from others what is asked by " : "cut off ") + node);
    for (String other : cluster.folder().nodes()) {
      cuts.cut(node, other);
      if (!oneWay) {
        cuts.cut(other, node);
      }
    }
    pass(1_000 + random.nextInt(2_000));
    cuts.mend();
  }

  private void killAll() throws Exception {
    done.add("kill all");
    for (String node : cluster.folder().nodes()) {
      cluster.node(node).kill();
    }
    for (String node : cluster.folder().nodes()) {
      cluster.start(node);
    }
  }

  private void pauseLeader() throws Exception {
    Optional<String> leader = leader();
    if (leader.isEmpty()) {
      return;
    }
    done.add("pause leader " + leader.get());
    long pid = cluster.node(leader.get()).pid();
    signal("-STOP", pid);
    try {
      pass(1_000 + random.nextInt(3_000));
    } finally {
      signal("-CONT", pid);
    }
  }

  private Optional<String> leader() {
    return observer.statuses().join().stream()
        .map(NodeStatus::status)
        .filter(status -> status != null && status.node().equals(status.leader()))
        .map(LogStatus::node)
        .findFirst();
  }

  private static void signal(String signal, long pid) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", signal, String.valueOf(pid)).start().waitFor();
    if (code != 0) {
      throw new IOException("kill " + signal + " " + pid + " ended with " + code);
    }
  }

  /** Lets time pass for the fault to be felt: nothing is waited for. */
  private static void pass(long millis) throws InterruptedException {
    boolean unused = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }
}
