package io.weir.consensus.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.Change;
import io.weir.consensus.Limits;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.http.NodeStatus;
import io.weir.consensus.log.LogStatus;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What many changes, and a store that is as full as it may be, cost three real nodes on disk and in
 * memory. Sizes are asserted, times printed. With {@code -Psoak} in full.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class StoreSizeIT {

  private static final boolean SOAK = Boolean.getBoolean("weir.soak");
  private static final int IN_FLIGHT = 64;
  private static final long MEGABYTE = 1 << 20;

  /** What the log may grow to before a snapshot takes its place, twice, and two snapshots. */
  private static final long LOG_BYTES = 10 * MEGABYTE;

  private static final long HEAP_BYTES = 512 * MEGABYTE;

  @TempDir private Path folder;

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicLong made = new AtomicLong();

  @Test
  void keepsDiskAndMemoryBoundedOverManyChanges() throws Exception {
    int changes = SOAK ? 200_000 : 2_560;
    int jobs = IN_FLIGHT;
    ClusterFolder files = new ClusterFolder(folder, 3);
    try (ProcessCluster cluster = ProcessCluster.start(files);
        HttpStore store = store(files)) {
      long start = System.nanoTime();
      changeAll(store, jobs, changes / jobs, 1_000);
      report(changes + " changes of 1 KB", files, cluster, System.nanoTime() - start);

      assertSmall(files, cluster, 96 * MEGABYTE);
      restart(cluster, store, "job-0", changes / jobs);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "weir.soak", matches = "true", disabledReason = "takes minutes")
  void holdsWhatItTakesAtMost() throws Exception {
    int jobs = Limits.JOBS;
    int versions = 3;
    int characters = 45_000;
    ClusterFolder files = new ClusterFolder(folder, 3);
    try (ProcessCluster cluster = ProcessCluster.start(files);
        HttpStore store = store(files)) {
      long start = System.nanoTime();
      changeAll(store, jobs, versions, characters);
      assertThat(cluster.ended()).isEmpty();
      report(jobs + " jobs with the largest documents", files, cluster, System.nanoTime() - start);

      assertSmall(files, cluster, 128 * MEGABYTE);
      restart(cluster, store, "job-0", versions);
      emptyAndRefill(cluster, store);
      assertThat(cluster.isWhole()).isTrue();
    }
  }

  private static HttpStore store(ClusterFolder files) {
    return new HttpStore(
        new ClientFile(files.clientFile(), Map.of())
            .read()
            .withAttemptLimit(Duration.ofSeconds(10))
            .withCallLimit(Duration.ofMinutes(10)));
  }

  /** Every job gets one version after the other; some jobs at the same time. */
  private void changeAll(HttpStore store, int jobs, int versions, int characters)
      throws InterruptedException {
    Semaphore places = new Semaphore(IN_FLIGHT);
    for (int job = 0; job < jobs && failure.get() == null; job++) {
      places.acquire();
      change(store, "job-" + job, 0, versions, characters, places);
    }
    places.acquire(IN_FLIGHT);
    assertThat(failure.get()).isNull();
    assertThat(made).hasValue((long) jobs * versions);
  }

  private void change(
      HttpStore store, String job, long from, int to, int characters, Semaphore places) {
    if (from == to || failure.get() != null) {
      places.release();
      return;
    }
    String document = incompressible(characters, made.get() + from);
    CompletableFuture<Void> unused =
        store
            .propose(Proposal.of(job, from, new Change.Set(document), "t", "r"))
            .handle(
                (revision, error) -> {
                  if (error != null) {
                    failure.set(error);
                  } else {
                    made.incrementAndGet();
                  }
                  change(store, job, from + 1, to, characters, places);
                  return null;
                });
  }

  private static String incompressible(int characters, long seed) {
    StringBuilder text = new StringBuilder("a: \"");
    new Random(seed)
        .ints(characters, '0', 'z')
        .filter(Character::isLetterOrDigit)
        .forEach(text::appendCodePoint);
    return text.append('"').toString();
  }

  private static void assertSmall(ClusterFolder files, ProcessCluster cluster, long stateBytes)
      throws Exception {
    for (String node : files.nodes()) {
      assertThat(bytesOf(files.folder().resolve(node)))
          .as("bytes on disk of " + node)
          .isLessThan(LOG_BYTES + 2 * stateBytes);
      assertThat(peakBytes(cluster.node(node).pid()))
          .as("memory of " + node)
          .isLessThan(HEAP_BYTES + 256 * MEGABYTE);
    }
  }

  private static void restart(ProcessCluster cluster, HttpStore store, String job, long version)
      throws Exception {
    for (String node : cluster.folder().nodes()) {
      cluster.node(node).kill();
    }
    long start = System.nanoTime();
    for (String node : cluster.folder().nodes()) {
      cluster.start(node);
    }
    Revision newest = store.read(job).get(10, TimeUnit.MINUTES);
    System.out.printf(
        "restart of all three after kill -9, to the first linearizable read: %.1f s%n",
        (System.nanoTime() - start) / 1e9);
    assertThat(newest.version()).isEqualTo(version);
  }

  /** A node that lost its disk receives all from the others. */
  private static void emptyAndRefill(ProcessCluster cluster, HttpStore store) throws Exception {
    String lost = "n1";
    cluster.node(lost).kill();
    Path data = cluster.folder().folder().resolve(lost);
    try (Stream<Path> all = Files.list(data)) {
      for (Path file : all.toList()) {
        Files.delete(file);
      }
    }
    long start = System.nanoTime();
    cluster.start(lost);
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> hasCaughtUp(store));
    System.out.printf(
        "an emptied node has all again after %.1f s%n", (System.nanoTime() - start) / 1e9);
  }

  private static boolean hasCaughtUp(HttpStore store) {
    List<NodeStatus> statuses = store.statuses().join();
    long most =
        statuses.stream()
            .map(NodeStatus::status)
            .filter(Objects::nonNull)
            .mapToLong(LogStatus::applied)
            .max()
            .orElse(-1);
    return statuses.stream()
        .allMatch(each -> each.status() != null && each.status().applied() >= most && most > 0);
  }

  private static void report(String what, ClusterFolder files, ProcessCluster cluster, long nanos)
      throws IOException {
    for (String node : files.nodes()) {
      System.out.printf(
          "%s in %.0f s: %s has %.1f MB on disk, peak of memory %.0f MB%n",
          what,
          nanos / 1e9,
          node,
          bytesOf(files.folder().resolve(node)) / (double) MEGABYTE,
          peakBytes(cluster.node(node).pid()) / (double) MEGABYTE);
    }
  }

  private static long bytesOf(Path folder) throws IOException {
    AtomicLong bytes = new AtomicLong();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes.addAndGet(attributes.size());
            return FileVisitResult.CONTINUE;
          }

          // The node has removed it meanwhile.
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    return bytes.get();
  }

  /** Resident set at its largest, of the whole process. */
  private static long peakBytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0);
  }
}
