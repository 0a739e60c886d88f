package io.weir.operators.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.operators.epoch.verify.EpochCheck;
import io.weir.operators.epoch.verify.NoVerdictException;
import io.weir.operators.epoch.verify.Rule;
import io.weir.operators.epoch.verify.StampFolder;
import io.weir.operators.epoch.verify.Verdict;
import io.weir.operators.epoch.verify.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two configured operators and a router between them, judged by what they stamp; and other ways to
 * change configuration, on the same topology, which must be told apart from ours.
 */
@Timeout(300)
class StampedJobTest {

  private static final int ENDLESS = 1_000_000_000;

  private static TestCluster cluster;

  @TempDir private Path folder;

  private final SharedStore store = new SharedStore();
  private final Changes changes = new Changes(store);

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void close() throws Exception {
    cluster.cancelAll();
    store.close();
  }

  private StampedJob job(long numbers, Stamp.Pace pace) {
    return new StampedJob(
        EpochSettings.following(SharedStore.JOB, store.provider()), numbers, pace, stamps());
  }

  private Path stamps() {
    return folder.resolve("stamps");
  }

  @Test
  void acceptsWhatSlowAndFastSubtasksDoWhileVersionsChange() throws Exception {
    int numbers = 110_000;
    store.set(0, Factor.document(1));
    var running = cluster.run(job(numbers, Stamp.Pace.ONE_SLOW)::define, 4, EpochJob.options());

    changes.untilTheEnd(running, 1);

    assertThat(running.awaitEnd()).isEmpty();
    assertAcceptedWithEachNumberOnce(numbers);
    assertThat(verdict().versions()).isGreaterThan(5);
    changeAVersionInAFile();
    assertThat(verdict().violations()).isNotEmpty();
  }

  @Test
  void acceptsWhatIsCommittedWhereTimeoutsAndFailingSnapshotsAbortSwitches() throws Exception {
    int numbers = 110_000;
    store.set(0, Factor.document(1));
    StampedJob job = job(numbers, Stamp.Pace.SOMETIMES_STUCK);
    var running = cluster.run(job.withFailingSnapshots()::define, 4, EpochJob.impatient());

    changes.untilTheEnd(running, 1);

    assertThat(running.awaitEnd()).isEmpty();
    assertThat(running.failedCheckpoints()).isGreaterThanOrEqualTo(3);
    assertAcceptedWithEachNumberOnce(numbers);
    // How many come through is a matter of the machine's speed.
    assertThat(verdict().versions()).isGreaterThan(1);
  }

  @Test
  void acceptsAJobThatFailsMovesToANewJobManagerAndGoesOnFromASavepoint() throws Exception {
    int numbers = 150_000;
    store.set(0, Factor.document(1));
    Stamp.FAILURES.set(2);
    StampedJob job = job(numbers, Stamp.Pace.FAILING);
    var two = cluster.run(job::define, 2, EpochJob.options());
    long version = changes.next(two, changes.next(two, 1));
    await().atMost(TestCluster.PATIENCE).until(() -> Stamp.FAILURES.get() <= 0);
    two.awaitRunning();
    version = changes.next(two, version);
    two.replaceJobManager();
    two.awaitRunning();
    String savepoint = two.stopWithSavepoint(folder.resolve("savepoints").toString());
    var four = cluster.run(job::define, 4, TestCluster.from(savepoint));

    changes.untilTheEnd(four, version);

    assertThat(four.awaitEnd()).isEmpty();
    assertAcceptedWithEachNumberOnce(numbers);
    // Four subtasks of the last operator; of the others two, as the source has two splits.
    assertThat(verdict().restores()).isGreaterThanOrEqualTo(8);
  }

  @Test
  void rejectsBroadcastState() throws Exception {
    var running =
        cluster.run(new BroadcastJob(10_000, 20, stamps())::define, 4, EpochJob.options());

    assertThat(running.awaitEnd()).isEmpty();
    assertThat(verdict().violations())
        .extracting(Violation::rule)
        .contains(Rule.ONE_VERSION_PER_EPOCH, Rule.ONE_VERSION_PER_RECORD);
  }

  @Test
  void rejectsBarriersThatAreNotAligned() throws Exception {
    StampedJob job = job(ENDLESS, Stamp.Pace.ONE_SLOW);
    Consumer<StreamExecutionEnvironment> atLeastOnce =
        env -> {
          job.define(env);
          // Behind the back of those who refuse it when the graph is built.
          env.getCheckpointConfig()
              .setCheckpointingConsistencyMode(CheckpointingMode.AT_LEAST_ONCE);
        };

    store.set(0, Factor.document(1));
    var running = cluster.run(atLeastOnce, 4, EpochJob.options());

    changeUntilRejected();
    assertThat(running.restarts()).isZero();
    assertThat(verdict().violations())
        .extracting(Violation::rule)
        .contains(Rule.ONE_VERSION_PER_RECORD);
  }

  @Test
  void rejectsAJobThatDoesNotGoBackWhenASwitchWasAborted() throws Exception {
    StampedJob careless =
        new StampedJob(
            EpochSettings.following(SharedStore.JOB, store.provider()).withFailJobWhenMixed(false),
            ENDLESS,
            Stamp.Pace.SOMETIMES_STUCK,
            stamps());

    store.set(0, Factor.document(1));
    var running = cluster.run(careless::define, 4, EpochJob.impatient());

    changeUntilRejected();
    assertThat(running.restarts()).isZero();
  }

  private void changeUntilRejected() {
    AtomicLong version = new AtomicLong(1);
    await()
        .atMost(TestCluster.PATIENCE)
        .until(
            () -> {
              store.set(version.get(), Factor.document(version.incrementAndGet()));
              return hasFinishedFiles() && !verdict().isAccepted();
            });
  }

  private boolean hasFinishedFiles() throws IOException {
    return Files.isDirectory(stamps()) && !finishedFiles().isEmpty();
  }

  private List<Path> finishedFiles() throws IOException {
    try (Stream<Path> files = Files.list(stamps())) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
  }

  private Verdict verdict() throws NoVerdictException {
    return EpochCheck.of(StampFolder.open(stamps()));
  }

  private void changeAVersionInAFile() throws IOException {
    Path file = finishedFiles().get(0);
    String doctored = Files.readString(file).replaceFirst("\"version\":\\d+", "\"version\":4711");
    Files.writeString(file, doctored);
  }

  /** Counts by itself, so that it does not rest on the checker alone. */
  private void assertAcceptedWithEachNumberOnce(int numbers) throws NoVerdictException {
    Map<String, int[]> seen = new HashMap<>();
    long[] versions = new long[numbers];
    AtomicLong mixed = new AtomicLong();
    StampFolder.open(stamps())
        .read(
            sighting -> {
              int number = Integer.parseInt(sighting.stamp().record());
              long version = sighting.stamp().version();
              seen.computeIfAbsent(sighting.stamp().operator(), name -> new int[numbers])[number]++;
              if (versions[number] != 0 && versions[number] != version) {
                mixed.incrementAndGet();
              }
              versions[number] = version;
            });
    assertThat(mixed).hasValue(0);
    assertThat(seen).containsOnlyKeys(StampedJob.OPERATORS);
    // Once for itself, and once for the partitioner.
    seen.forEach(
        (operator, counts) -> assertThat(counts).containsOnly(operator.equals("second") ? 2 : 1));
    Verdict verdict = verdict();
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.isAccepted()).isTrue();
    assertThat(verdict.stamps()).isEqualTo(4L * numbers);
  }
}
