package io.weir.consensus.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.Chain;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.Watch;
import io.weir.consensus.WatchListener;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.server.history.History;
import io.weir.consensus.server.history.file.HistoryFile;
import io.weir.consensus.server.history.file.HistoryRecorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three nodes as processes, killed, paused and cut off under four clients that never stop asking.
 */
@DisabledOnOs(OS.WINDOWS)
class StoreFaultsIT {

  private static final Duration TIME =
      Boolean.getBoolean("weir.soak") ? Duration.ofMinutes(10) : Duration.ofSeconds(60);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(5);
  private static final long SLACK_MILLIS = 2_000;
  private static final List<String> JOBS = List.of("job-a", "job-b", "job-c", "job-d");

  @TempDir private Path folder;

  private final List<AutoCloseable> opened = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void losesNothingWhateverHappensToItsNodes(Algorithm algorithm) throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    ClusterFolder files = new ClusterFolder(folder.resolve("cluster"), 3, algorithm);
    Path recorded = folder.resolve("history");
    try (Cuts cuts = Cuts.between(files);
        ProcessCluster cluster = ProcessCluster.start(files)) {
      HttpStore observer = store(files);
      await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> works(observer));
      List<Followed> followed = JOBS.stream().map(job -> new Followed(observer, job)).toList();

      Writers writers;
      Faults faults = new Faults(cluster, observer, cuts, seed);
      try (HistoryRecorder recorder = new HistoryRecorder(recorded);
          Writers writing = new Writers(4, JOBS, recorder, () -> store(files))) {
        writers = writing;
        faults.strikeFor(TIME);
      }
      await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> works(observer));

      System.out.printf(
          "%s: %d changes acknowledged in %d s, under %s%n",
          algorithm, writers.acknowledged(), TIME.toSeconds(), faults.done());
      String story = algorithm + ", seed " + seed + ", " + faults.done();
      assertThat(writers.surprises()).as(story).isEmpty();
      assertThat(writers.acknowledged()).as(story).isGreaterThan(TIME.toSeconds());
      assertThat(writers.slowestMillis())
          .as(story)
          .isLessThan(CALL_LIMIT.toMillis() + SLACK_MILLIS);
      for (Followed each : followed) {
        each.awaitNewest(observer.read(each.job).join());
        each.assertWhole(story, writers.acknowledgedHashes());
      }
      assertThat(HistoryFile.read(recorded).violations(History.MAX_CONFIGURATIONS))
          .as(story)
          .isEmpty();
    } finally {
      for (AutoCloseable each : opened) {
        each.close();
      }
    }
  }

  private static boolean works(HttpStore store) {
    return !store.jobs().join().contains("no such job");
  }

  private synchronized HttpStore store(ClusterFolder files) {
    HttpStore store =
        new HttpStore(
            new ClientFile(files.clientFile(), Map.of()).read().withCallLimit(CALL_LIMIT));
    opened.add(store);
    return store;
  }

  /** A watch over the whole time. */
  private final class Followed implements WatchListener {

    private final String job;
    private final List<Revision> seen = new CopyOnWriteArrayList<>();
    private final List<StoreException> ends = new CopyOnWriteArrayList<>();

    Followed(HttpStore store, String job) {
      this.job = job;
      Watch watch = store.watch(job, 1, this);
      opened.add(0, watch);
    }

    @Override
    public void onRevision(Revision revision) {
      seen.add(revision);
    }

    @Override
    public void onEnd(StoreException reason) {
      ends.add(reason);
    }

    void awaitNewest(Revision newest) {
      await().atMost(Duration.ofMinutes(2)).until(() -> seen.size() >= newest.version());
    }

    void assertWhole(String story, Map<String, String> acknowledged) {
      assertThat(ends).as(story).isEmpty();
      for (int i = 0; i < seen.size(); i++) {
        Revision revision = seen.get(i);
        assertThat(revision.version()).as(story).isEqualTo(i + 1);
        assertThat(i == 0 || Chain.follows(revision, seen.get(i - 1))).as(story).isTrue();
      }
      acknowledged.forEach(
          (key, hash) -> {
            if (key.startsWith(job + "/")) {
              int version = Integer.parseInt(key.substring(job.length() + 1));
              assertThat(seen.get(version - 1).hash()).as(story + " " + key).isEqualTo(hash);
            }
          });
    }
  }
}
