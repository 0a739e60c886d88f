package io.weir.consensus.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.http.NodeStatus;
import io.weir.consensus.log.LogStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How long clients go without an acknowledged change when the leader is killed, measured through
 * the front with the client that jobs use. The figures are printed, for nothing can be promised on
 * a busy machine; that nothing acknowledged is lost is asserted. {@code -Dweir.failover.trials=20}
 * measures properly.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@DisabledOnOs(OS.WINDOWS)
class StoreFailoverIT {

  private static final int TRIALS =
      Integer.getInteger("weir.failover.trials", Boolean.getBoolean("weir.soak") ? 20 : 1);
  private static final int CLIENTS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path folder;

  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final List<Throwable> surprises = Collections.synchronizedList(new ArrayList<>());
  private volatile Trial trial = new Trial();
  private volatile boolean stopping;

  /** When each client's first change that it asked for after the blow was acknowledged. */
  private static final class Trial {

    private final Map<Integer, Long> answers = new ConcurrentHashMap<>();
    private volatile long blow = Long.MAX_VALUE;

    void acknowledged(int client, long asked) {
      if (asked - blow >= 0) {
        answers.putIfAbsent(client, System.nanoTime());
      }
    }

    long millis(long answer) {
      return TimeUnit.NANOSECONDS.toMillis(answer - blow);
    }
  }

  /** Paxos' leader is the proposer that the nodes prefer. */
  @ParameterizedTest
  @EnumSource
  void losesNothingAcknowledgedWhenTheLeaderIsKilled(Algorithm algorithm) throws Exception {
    ClusterFolder files = new ClusterFolder(folder.resolve("cluster"), 3, algorithm);
    List<Long> first = new ArrayList<>();
    List<Long> last = new ArrayList<>();
    try (ProcessCluster cluster = ProcessCluster.start(files);
        HttpStore observer = store(files)) {
      await().atMost(PATIENCE).until(() -> !leader(observer).isEmpty());
      List<Thread> writers = startWriters(files);
      for (int i = 0; i < TRIALS; i++) {
        Trial measured = killLeader(cluster, observer);
        first.add(measured.millis(Collections.min(measured.answers.values())));
        last.add(measured.millis(Collections.max(measured.answers.values())));
        restartDead(cluster, observer);
      }
      stopping = true;
      for (Thread writer : writers) {
        writer.join();
      }

      report(algorithm, first, last);
      assertThat(surprises).isEmpty();
      assertNothingLost(observer);
    }
  }

  private static HttpStore store(ClusterFolder files) {
    return new HttpStore(new ClientFile(files.clientFile(), Map.of()).read());
  }

  private List<Thread> startWriters(ClusterFolder files) {
    return IntStream.range(0, CLIENTS)
        .mapToObj(
            client -> {
              Thread writer = new Thread(() -> write(client, files), "writer-" + client);
              writer.start();
              return writer;
            })
        .toList();
  }

  private void write(int client, ClusterFolder files) {
    String job = job(client);
    try (HttpStore store = store(files)) {
      long version = 0;
      while (!stopping) {
        Trial current = trial;
        long asked = System.nanoTime();
        version = step(store, job, version);
        current.acknowledged(client, asked);
        TimeUnit.MILLISECONDS.sleep(5); // the rate of a client, not a wait for something
      }
    } catch (InterruptedException | RuntimeException e) {
      surprises.add(e);
    }
  }

  private long step(HttpStore store, String job, long version) {
    Change change = new Change.Set("number: " + (version + 1));
    try {
      Revision made = store.propose(Proposal.of(job, version, change, job, "a test")).join();
      acknowledged.put(job + "/" + made.version(), made.hash());
      return made.version();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException) {
        return store.read(job).join().version();
      }
      throw e;
    }
  }

  private static String job(int client) {
    return "job-" + client;
  }

  private Trial killLeader(ProcessCluster cluster, HttpStore observer) throws Exception {
    String leader = await().atMost(PATIENCE).until(() -> leader(observer), name -> !name.isEmpty());
    Trial measured = new Trial();
    measured.blow = System.nanoTime();
    trial = measured;
    cluster.node(leader).kill();
    await().atMost(PATIENCE).until(() -> measured.answers.size() == CLIENTS);
    return measured;
  }

  private static String leader(HttpStore observer) {
    return observer.statuses().join().stream()
        .map(NodeStatus::status)
        .filter(Objects::nonNull)
        .filter(status -> status.node().equals(status.leader()))
        .map(LogStatus::node)
        .findFirst()
        .orElse("");
  }

  /** Until all nodes follow again, so that the next blow finds a whole cluster. */
  private static void restartDead(ProcessCluster cluster, HttpStore observer) throws Exception {
    for (String node : cluster.folder().nodes()) {
      if (!cluster.node(node).isAlive()) {
        cluster.start(node);
      }
    }
    await().atMost(PATIENCE).until(() -> allFollow(observer));
  }

  private static boolean allFollow(HttpStore observer) {
    return observer.statuses().join().stream()
        .allMatch(node -> node.status() != null && node.status().applied() > 0);
  }

  private static void report(Algorithm algorithm, List<Long> first, List<Long> last) {
    Collections.sort(first);
    Collections.sort(last);
    System.out.printf(
        "%s: %d leaders killed; ms without an acknowledged change, through the front:"
            + " any client p50 %d, most %d; the last of %d clients p50 %d, most %d%n",
        algorithm,
        first.size(),
        first.get(first.size() / 2),
        first.get(first.size() - 1),
        CLIENTS,
        last.get(last.size() / 2),
        last.get(last.size() - 1));
  }

  private void assertNothingLost(HttpStore observer) {
    for (int client = 0; client < CLIENTS; client++) {
      String job = job(client);
      List<Revision> history = observer.history(job, 1, 1_000).join();
      for (int i = 1; i < history.size(); i++) {
        assertThat(history.get(i).version()).isEqualTo(history.get(i - 1).version() + 1);
      }
      for (Revision revision : history) {
        String hash = acknowledged.get(job + "/" + revision.version());
        assertThat(hash == null || hash.equals(revision.hash())).isTrue();
      }
      long newest = history.get(history.size() - 1).version();
      assertThat(acknowledged).doesNotContainKey(job + "/" + (newest + 1));
    }
  }
}
