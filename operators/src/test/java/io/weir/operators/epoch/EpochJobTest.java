package io.weir.operators.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.LedgerEntry;
import io.weir.consensus.LedgerEntry.Outcome;
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

/** Two configured operators with a shuffle between them, in a cluster of this process. */
@Timeout(300)
class EpochJobTest {

  private static final int ENDLESS = 1_000_000_000;

  private static TestCluster cluster;

  private final SharedStore store = new SharedStore();
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
    int numbers = 110_000;
    store.set(0, Factor.document(1));
    EpochJob job = new EpochJob(following(), numbers, Stamp.Pace.ONE_SLOW, rows);
    var running = cluster.run(job, 4, EpochJob.options());

    changeUntilTheEnd(running, 1);

    assertThat(running.awaitEnd()).isEmpty();
    assertExactlyOnceUnmixed(numbers);
    assertThat(versions()).hasSizeGreaterThan(5);
  }

  @Test
  void abortedSwitchesLeaveNoTraceInWhatIsCommitted() throws Exception {
    int numbers = 120_000;
    store.set(0, Factor.document(1));
    EpochJob job = new EpochJob(following(), numbers, Stamp.Pace.SOMETIMES_STUCK, rows);
    var running = cluster.run(job, 4, EpochJob.impatient());

    changeUntilTheEnd(running, 1);

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
  void staysOnItsVersionWhenANewOneCannotBeUsed() throws Exception {
    store.set(0, Factor.document(1));
    var running = cluster.run(job(ENDLESS), 2, EpochJob.options());
    change(running, 1);

    store.set(2, Factor.document(-1));
    await().atMost(TestCluster.PATIENCE).until(() -> refusals().size() == 1);
    assertThat(refusals().get(0).version()).isEqualTo(3);
    assertThat(refusals().get(0).note()).contains("factor is -1");
    // A subtask alone knows that it cannot use this one.
    store.set(3, Factor.document(Stamp.UNUSABLE_BY_SUBTASK_1));
    await().atMost(TestCluster.PATIENCE).until(() -> refusals().size() == 2);
    assertThat(refusals().get(1).note()).contains("subtask 1");
    store.delete(4);
    await().atMost(TestCluster.PATIENCE).until(() -> refusals().size() == 3);
    assertThat(inForce()).isEqualTo(2);

    store.set(5, Factor.document(6));
    await().atMost(TestCluster.PATIENCE).until(() -> inForce() == 6);
    assertThat(running.restarts()).isZero();
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

    await().atMost(TestCluster.PATIENCE).until(() -> inForce() == 1);
    assertThat(versions()).contains(0L);
    assertThat(rows.all()).noneMatch(Stamped::isMixed);
  }

  /** Proposes a version as soon as the one before is in force; returns the last one. */
  private void changeUntilTheEnd(TestCluster.Running running, long version) {
    long last = version;
    while (!running.hasEnded()) {
      last = change(running, last);
    }
  }

  /** Proposes a version, and waits until it is in force or the job has ended. */
  private long change(TestCluster.Running running, long version) {
    long next = store.set(version, Factor.document(version + 1)).version();
    await().atMost(TestCluster.PATIENCE).until(() -> inForce() >= next || running.hasEnded());
    return next;
  }

  private long inForce() {
    return entries(Outcome.IN_FORCE).stream().mapToLong(LedgerEntry::version).max().orElse(0);
  }

  private List<LedgerEntry> refusals() {
    return entries(Outcome.REFUSED);
  }

  private List<LedgerEntry> entries(Outcome outcome) {
    return store.ledger().stream().filter(entry -> entry.outcome() == outcome).toList();
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
