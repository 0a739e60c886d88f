package io.weir.operators.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.LedgerEntry.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two configured operators with a shuffle between them, in a cluster of this process. */
@Timeout(300)
class EpochJobTest {

  private static final int ENDLESS = 1_000_000_000;

  private static TestCluster cluster;

  @TempDir private Path folder;

  private final SharedStore store = new SharedStore();
  private final Changes changes = new Changes(store);
  private final CommittedRows rows = CommittedRows.create();

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

  private EpochSettings following() {
    return EpochSettings.following(SharedStore.JOB, store.provider());
  }

  private EpochJob job(int numbers) {
    return new EpochJob(following(), numbers, Stamp.Pace.EVEN, rows);
  }

  @Test
  void putsEveryRecordUnderOneVersionWhileVersionsChange() throws Exception {
    int numbers = 200_000;
    store.set(0, Factor.document(1));
    EpochJob job = new EpochJob(following(), numbers, Stamp.Pace.ONE_SLOW, rows);
    var running = cluster.run(job, 4, EpochJob.options());

    changes.untilTheEnd(running, 1);

    assertThat(running.awaitEnd()).isEmpty();
    assertExactlyOnceUnmixed(numbers);
    assertThat(versions()).hasSizeGreaterThan(5);
  }

  @Test
  void abortedSwitchesLeaveNoTraceInWhatIsCommitted() throws Exception {
    int numbers = 60_000;
    store.set(0, Factor.document(1));
    EpochJob job = new EpochJob(following(), numbers, Stamp.Pace.SOMETIMES_STUCK, rows);
    var running = cluster.run(job, 4, EpochJob.impatient());

    changes.untilTheEnd(running, 1);

    assertThat(running.awaitEnd()).isEmpty();
    assertThat(running.failedCheckpoints()).isPositive();
    assertExactlyOnceUnmixed(numbers);
  }

  @Test
  void withoutGoingBackAbortedSwitchesMixVersions() throws Exception {
    store.set(0, Factor.document(1));
    EpochJob job =
        new EpochJob(
            following().withFailJobWhenMixed(false), ENDLESS, Stamp.Pace.SOMETIMES_STUCK, rows);
    var running = cluster.run(job, 4, EpochJob.impatient());

    AtomicLong version = new AtomicLong(1);
    await()
        .atMost(TestCluster.PATIENCE)
        .until(
            () -> {
              store.set(version.get(), Factor.document(version.incrementAndGet()));
              return rows.all().stream().anyMatch(Stamped::isMixed);
            });
    assertThat(running.restarts()).isZero();
  }

  @Test
  void goesBackToTheVersionOfTheCheckpointWhenASubtaskFails() throws Exception {
    int numbers = 120_000;
    store.set(0, Factor.document(1));
    Stamp.FAILURES.set(3);
    EpochJob job = new EpochJob(following(), numbers, Stamp.Pace.FAILING, rows);
    var running = cluster.run(job, 4, EpochJob.options());

    changes.untilTheEnd(running, 1);

    assertThat(running.awaitEnd()).isEmpty();
    assertThat(Stamp.FAILURES).hasValueLessThanOrEqualTo(0);
    assertExactlyOnceUnmixed(numbers);
  }

  @Test
  void keepsItsVersionUnderANewJobManager() throws Exception {
    int numbers = 120_000;
    store.set(0, Factor.document(1));
    var running = cluster.run(job(numbers), 4, EpochJob.options());
    long version = changes.next(running, 1);
    running.replaceJobManager();
    running.awaitRunning();
    version = changes.next(running, version);
    running.replaceJobManager();

    changes.untilTheEnd(running, version);

    assertThat(running.awaitEnd()).isEmpty();
    assertExactlyOnceUnmixed(numbers);
  }

  @Test
  void goesOnUnderTheSameVersionFromASavepointAtAnotherParallelism() throws Exception {
    int numbers = 150_000;
    store.set(0, Factor.document(1));
    var two = cluster.run(job(numbers), 2, EpochJob.options());
    long version = changes.next(two, changes.next(two, 1));
    String first = two.stopWithSavepoint(folder.toString());
    // Nobody tells the new job of it before it runs.
    store.goAway();
    var four = cluster.run(job(numbers), 4, TestCluster.from(first));
    four.awaitRunning();
    store.comeBack();
    version = changes.next(four, version);
    String second = four.stopWithSavepoint(folder.toString());
    var three = cluster.run(job(numbers), 3, TestCluster.from(second));

    changes.untilTheEnd(three, version);

    assertThat(three.awaitEnd()).isEmpty();
    assertExactlyOnceUnmixed(numbers);
  }

  @Test
  void goesOnWhileTheStoreIsAwayAndTakesTheNewestWhenItIsBack() throws Exception {
    store.set(0, Factor.document(1));
    var running = cluster.run(job(ENDLESS), 2, EpochJob.options());
    long version = changes.next(running, 1);

    store.goAway();
    long before = running.completedCheckpoints();
    long failed = running.failedCheckpoints();
    store.set(version, Factor.document(version + 1));
    store.set(version + 1, Factor.document(version + 2));
    await().atMost(TestCluster.PATIENCE).until(() -> running.completedCheckpoints() > before + 10);
    assertThat(changes.inForce()).isEqualTo(version);
    store.comeBack();

    await().atMost(TestCluster.PATIENCE).until(() -> changes.inForce() == version + 2);
    assertThat(running.restarts()).isZero();
    assertThat(running.failedCheckpoints()).isEqualTo(failed);
  }

  @Test
  void staysOnItsVersionWhenANewOneCannotBeUsed() throws Exception {
    store.set(0, Factor.document(1));
    var running = cluster.run(job(ENDLESS), 2, EpochJob.options());
    changes.next(running, 1);

    store.set(2, Factor.document(-1));
    await().atMost(TestCluster.PATIENCE).until(() -> changes.refusals().size() == 1);
    assertThat(changes.refusals().get(0).version()).isEqualTo(3);
    assertThat(changes.refusals().get(0).note()).contains("factor is -1");
    // A subtask alone knows that it cannot use this one.
    store.set(3, Factor.document(Stamp.UNUSABLE_BY_SUBTASK_1));
    await().atMost(TestCluster.PATIENCE).until(() -> changes.refusals().size() == 2);
    assertThat(changes.refusals().get(1).note()).contains("subtask 1");
    store.delete(4);
    await().atMost(TestCluster.PATIENCE).until(() -> changes.refusals().size() == 3);
    assertThat(changes.inForce()).isEqualTo(2);

    store.set(5, Factor.document(6));
    await().atMost(TestCluster.PATIENCE).until(() -> changes.inForce() == 6);
    assertThat(running.restarts()).isZero();
  }

  @Test
  void doesNotFollowAStoreThatWasSetBackAndMovedOn() throws Exception {
    store.set(0, Factor.document(1));
    var running = cluster.run(job(ENDLESS), 2, EpochJob.options());
    changes.next(running, changes.next(running, 1));

    store.startAnew();
    store.set(0, Factor.document(1));
    await().atMost(TestCluster.PATIENCE).until(() -> changes.refusals().size() == 1);
    assertThat(changes.refusals().get(0).note()).contains("behind the job");
    for (int version = 1; version < 5; version++) {
      store.set(version, Factor.document(version + 1));
    }
    await().atMost(TestCluster.PATIENCE).until(() -> changes.refusals().size() == 2);
    assertThat(changes.refusals().get(1).note()).contains("does not contain version 3");
    assertThat(running.restarts()).isZero();
    assertThat(store.ledger()).noneMatch(entry -> entry.outcome() == Outcome.IN_FORCE);
  }

  @Test
  void waitsForAFirstVersionAndFailsInTheEndInWords() throws Exception {
    EpochJob impatient =
        new EpochJob(following().withStartLimit(Duration.ofSeconds(1)), 100, Stamp.Pace.EVEN, rows);
    var failed = cluster.run(impatient, 2, EpochJob.options());
    assertThat(failed.awaitEnd().orElseThrow())
        .contains("job 'numbers' has no configuration after 1 s: the store has no document for it");

    var waiting = cluster.run(job(1_000), 2, EpochJob.options());
    store.set(0, Factor.document(1));

    assertThat(waiting.awaitEnd()).isEmpty();
    assertExactlyOnceUnmixed(1_000);
  }

  @Test
  void seedsADocumentThatNeverExistedButNotOneThatWasDeleted() throws Exception {
    EpochJob seeding =
        new EpochJob(
            following().withInitialDocument(Factor.document(1)), 1_000, Stamp.Pace.EVEN, rows);
    assertThat(cluster.run(seeding, 2, EpochJob.options()).awaitEnd()).isEmpty();
    assertThat(store.read().orElseThrow().document()).isEqualTo(Factor.document(1));
    assertThat(store.schema()).contains(Factor.Type.INSTANCE.schema());
    assertExactlyOnceUnmixed(1_000);

    store.delete(1);
    EpochJob again =
        new EpochJob(
            following()
                .withInitialDocument(Factor.document(1))
                .withStartLimit(Duration.ofSeconds(1)),
            1_000,
            Stamp.Pace.EVEN,
            CommittedRows.create());
    var running = cluster.run(again, 2, EpochJob.options());
    assertThat(running.awaitEnd().orElseThrow()).contains("was deleted");
    assertThat(store.read().orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void usesItsInitialDocumentAsVersion0WhenTheStoreCannotBeReached() throws Exception {
    store.goAway();
    EpochSettings settings =
        following().withInitialDocument(Factor.document(0)).withStartLimit(Duration.ofSeconds(1));
    EpochJob job = new EpochJob(settings, ENDLESS, Stamp.Pace.EVEN, rows);
    var running = cluster.run(job, 2, EpochJob.options());
    await().atMost(TestCluster.PATIENCE).until(() -> running.completedCheckpoints() > 1);
    store.set(0, Factor.document(1));
    store.comeBack();

    await().atMost(TestCluster.PATIENCE).until(() -> changes.inForce() == 1);
    assertThat(versions()).contains(0L);
    assertThat(rows.all()).noneMatch(Stamped::isMixed);
  }

  private Set<Long> versions() {
    return rows.all().stream().map(Stamped::second).collect(Collectors.toSet());
  }

  /** Version n has the factor n. */
  private void assertExactlyOnceUnmixed(int numbers) {
    List<Stamped> all = rows.all();
    Map<Long, Long> byId =
        all.stream().collect(Collectors.groupingBy(Stamped::id, Collectors.counting()));
    assertThat(byId).hasSize(numbers);
    assertThat(byId.values()).containsOnly(1L);
    assertThat(all).noneMatch(Stamped::isMixed);
    assertThat(all).allMatch(row -> row.value() == row.id() * row.second());
  }
}
