package io.weir.consensus.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.Limits;
import io.weir.consensus.Proposal;
import io.weir.consensus.StoreException;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.http.NodeStatus;
import io.weir.consensus.log.LogStatus;
import io.weir.consensus.server.backup.Backup;
import io.weir.consensus.server.backup.Restore;
import io.weir.consensus.store.DocumentCheck;
import io.weir.consensus.store.RegisterStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people do to a cluster of processes: restore a backup, restart node after node. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@DisabledOnOs(OS.WINDOWS)
@EnabledIfSystemProperty(
    named = "weir.soak",
    matches = "true",
    disabledReason = "starts six nodes for each algorithm")
class MaintenanceIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Of a change under load: nodes that start take the processor from those that answer. */
  private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

  private static final int JOBS = 4;
  private static final int VERSIONS = 80;

  @TempDir private Path folder;

  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong slowestMillis = new AtomicLong();
  private final List<Throwable> failed = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean stopping;

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void goesOnWithARestorationAfterAllNodesWereKilledAndServesWhileEachIsRestarted(
      Algorithm algorithm) throws Exception {
    ClusterFolder files = new ClusterFolder(folder.resolve("cluster"), 3, algorithm);
    try (ConfigurationStore lost = lost();
        ProcessCluster cluster = ProcessCluster.start(files);
        HttpStore store = store(files)) {
      Path file = folder.resolve("weir.backup");
      new Backup(lost).write(file, Instant.now());
      awaitWhole(store);

      restoreUntilKilled(store, file, cluster);
      assertThat(store.jobs().join()).as("jobs that are whole").containsExactly("job-0");
      Restore.of(store, file, Set.of()).run(line -> {});
      assertSame(store, lost);

      restartEachUnderLoad(cluster, files, store);
      assertThat(failed).isEmpty();
      assertThat(slowestMillis.get()).isLessThan(CALL_LIMIT.toMillis());
    }
  }

  private static ConfigurationStore lost() {
    ConfigurationStore store =
        RegisterStore.inMemory(DocumentCheck.none(), InstantSource.system(), Runnable::run);
    for (int job = 0; job < JOBS; job++) {
      for (int i = 0; i < VERSIONS; i++) {
        Change change = new Change.Set("number: " + i);
        store.propose(Proposal.of("job-" + job, i, change, "anna", "")).join();
      }
    }
    return store;
  }

  private static HttpStore store(ClusterFolder files) {
    return new HttpStore(
        new ClientFile(files.clientFile(), Map.of()).read().withCallLimit(CALL_LIMIT));
  }

  /** All nodes are killed in the middle of the second job. */
  private static void restoreUntilKilled(HttpStore store, Path file, ProcessCluster cluster)
      throws Exception {
    ConfigurationStore killing =
        new KilledInTheMiddle(store, VERSIONS + VERSIONS / 2, () -> killAll(cluster)).store();
    assertThatThrownBy(() -> Restore.of(killing, file, Set.of()).run(line -> {}))
        .isInstanceOf(StoreException.class);
    for (String node : cluster.folder().nodes()) {
      cluster.start(node);
    }
    awaitWhole(store);
  }

  private static void killAll(ProcessCluster cluster) {
    try {
      for (String node : cluster.folder().nodes()) {
        cluster.node(node).kill();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertSame(ConfigurationStore one, ConfigurationStore other) {
    assertThat(one.jobs().join()).isEqualTo(other.jobs().join());
    for (String job : other.jobs().join()) {
      assertThat(one.history(job, 1, Limits.VERSIONS).join())
          .isEqualTo(other.history(job, 1, Limits.VERSIONS).join());
    }
  }

  private void restartEachUnderLoad(ProcessCluster cluster, ClusterFolder files, HttpStore store)
      throws Exception {
    List<Thread> writers = new ArrayList<>();
    for (int job = 0; job < JOBS; job++) {
      String name = "job-" + job;
      writers.add(new Thread(() -> write(files, name), "writer-" + name));
    }
    writers.forEach(Thread::start);
    for (String node : cluster.folder().nodes()) {
      long before = acknowledged.get();
      cluster.node(node).close();
      cluster.start(node);
      awaitWhole(store);
      await().atMost(PATIENCE).until(() -> acknowledged.get() > before + JOBS);
    }
    stopping = true;
    for (Thread writer : writers) {
      writer.join();
    }
    System.out.printf(
        "%s: three nodes restarted one after another: %d changes acknowledged,"
            + " %d failed, the slowest took %d ms%n",
        files.algorithm(), acknowledged.get(), failed.size(), slowestMillis.get());
  }

  private void write(ClusterFolder files, String job) {
    try (HttpStore store = store(files)) {
      for (long version = VERSIONS; !stopping; version++) {
        long start = System.nanoTime();
        Change change = new Change.Set("number: " + version);
        store.propose(Proposal.of(job, version, change, job, "")).join();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        slowestMillis.accumulateAndGet(millis, Math::max);
        acknowledged.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(10); // the rate of a client, not a wait for something
      }
    } catch (InterruptedException | RuntimeException e) {
      failed.add(e);
    }
  }

  /** Each node answers, knows a leader, and has applied what any had committed when asked first. */
  private static void awaitWhole(HttpStore store) {
    await().atMost(PATIENCE).ignoreExceptions().until(() -> store.jobs().join() != null);
    long[] committed = {-1};
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              List<LogStatus> all =
                  store.statuses().join().stream()
                      .map(NodeStatus::status)
                      .filter(Objects::nonNull)
                      .toList();
              if (all.size() < 3 || all.stream().anyMatch(each -> each.leader() == null)) {
                return false;
              }
              if (committed[0] < 0) {
                committed[0] = all.stream().mapToLong(LogStatus::committed).max().orElse(0);
              }
              return isPaxos(all) || all.stream().allMatch(each -> each.applied() >= committed[0]);
            });
  }

  /** Paxos counts what each node has seen since its own start. */
  private static boolean isPaxos(List<LogStatus> all) {
    return all.stream().anyMatch(each -> each.role().equals("acceptor"));
  }

  /** Does something before a certain version is sent; from then on calls take a second at most. */
  private static final class KilledInTheMiddle {

    private final ConfigurationStore store;
    private final Runnable kill;
    private int left;

    KilledInTheMiddle(ConfigurationStore store, int versions, Runnable kill) {
      this.store = store;
      this.left = versions;
      this.kill = kill;
    }

    ConfigurationStore store() {
      return (ConfigurationStore)
          Proxy.newProxyInstance(
              KilledInTheMiddle.class.getClassLoader(),
              new Class<?>[] {ConfigurationStore.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("restore") && left-- == 0) {
                  kill.run();
                }
                Object answer = method.invoke(store, arguments);
                return left < 0 && answer instanceof CompletableFuture<?> future
                    ? impatient(future)
                    : answer;
              });
    }

    private static CompletableFuture<?> impatient(CompletableFuture<?> answer) {
      return answer
          .copy()
          .orTimeout(1, TimeUnit.SECONDS)
          .exceptionallyCompose(
              failure ->
                  CompletableFuture.failedFuture(
                      new StoreException.Unavailable("no answer: " + failure)));
    }
  }
}
