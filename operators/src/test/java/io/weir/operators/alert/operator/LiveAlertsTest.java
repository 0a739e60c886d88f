package io.weir.operators.alert.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.operators.epoch.CommittedRows;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.SharedStore;
import io.weir.operators.epoch.Stamped;
import io.weir.operators.epoch.TestCluster;
import io.weir.operators.epoch.faults.OpenNumbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules change while a job runs and loses its TaskManager. What it committed is compared with a
 * plain loop over the minutes, each under the version that the job says it was judged under.
 */
@Timeout(300)
class LiveAlertsTest {

  private static TestCluster cluster;

  @TempDir private Path folder;

  private final SharedStore store = new SharedStore();
  private final OpenNumbers numbers = OpenNumbers.ofSplits(1);
  private final CommittedRows told = CommittedRows.create();
  private final CommittedRows judged = CommittedRows.create();
  private long version;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(1, 8, new Configuration());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void cancel() throws Exception {
    cluster.cancelAll();
    store.close();
  }

  @Test
  void alertsFollowTheRuleInForceAndNoneIsLostOrRepeatedThroughKillsAndRescaling()
      throws Exception {
    change();
    var running = run(4, TestCluster.options());
    awaitTold();
    switchTimes(3);
    cluster.addTaskManager();
    cluster.loseTaskManager();
    switchTimes(3);
    String savepoint = running.stopWithSavepoint(folder.toString());
    var fewer = run(2, TestCluster.from(savepoint));
    switchTimes(3);
    cluster.addTaskManager();
    cluster.loseTaskManager();
    switchTimes(2);
    numbers.end();

    assertThat(fewer.awaitEnd()).isEmpty();
    assertThat(fewer.restarts()).isPositive();
    List<Stamped> windows = sorted(judged.all());
    assertThat(windows).extracting(Stamped::id).doesNotHaveDuplicates();
    assertThat(windows).extracting(Stamped::second).contains(1L, 4L, 7L, 10L);
    assertThat(sorted(told.all())).isEqualTo(sorted(PlainAlerts.on(windows)));
    assertThat(told.all()).extracting(Stamped::first).contains(1L, 2L, 3L);
  }

  private TestCluster.Running run(int parallelism, Configuration options) throws Exception {
    EpochSettings settings = EpochSettings.following(SharedStore.JOB, store.provider());
    AlertJob job = new AlertJob(settings, numbers, told, judged);
    return cluster.run(job::define, parallelism, options);
  }

  /** Proposes versions, each when the one before is in force and has told something. */
  private void switchTimes(int times) {
    for (int i = 0; i < times; i++) {
      change();
      awaitTold();
    }
  }

  private void awaitTold() {
    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> told.all().stream().anyMatch(alert -> alert.second() == version));
  }

  private void change() {
    version = store.set(version, PlainAlerts.document(version + 1)).version();
  }

  private static List<Stamped> sorted(List<Stamped> rows) {
    List<Stamped> sorted = new ArrayList<>(rows);
    sorted.sort(
        Comparator.comparingLong(Stamped::id)
            .thenComparingLong(Stamped::first)
            .thenComparingLong(Stamped::second)
            .thenComparingLong(Stamped::value));
    return sorted;
  }
}
