package io.weir.operators.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.LedgerEntry;
import io.weir.consensus.LedgerEntry.Outcome;
import io.weir.consensus.Revision;
import io.weir.consensus.VersionId;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job whose store is replaced by an older one follows it only when somebody says so. */
@Timeout(300)
class SetBackStoreTest {

  private static final int ENDLESS = 1_000_000_000;
  private static final long BACKUP = 3;
  private static final long HELD = 5;
  // What the restored store moved on to; the factor tells it from version 4 as the job knew it.
  private static final long OTHER_FACTOR = 40;

  private static TestCluster cluster;

  @TempDir private Path folder;

  private final SharedStore store = new SharedStore();
  private final CommittedRows rows = CommittedRows.create();
  private byte[] backup;
  private VersionId held;

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

  /** A store at version 5, of which there is a backup of version 3. */
  @BeforeEach
  void fill() throws Exception {
    for (long version = 1; version <= BACKUP; version++) {
      store.set(version - 1, Factor.document(version));
    }
    backup = store.backUp();
    store.set(BACKUP, Factor.document(BACKUP + 1));
    held = VersionId.of(store.set(BACKUP + 1, Factor.document(HELD)));
  }

  private EpochJob job() {
    EpochSettings following = EpochSettings.following(SharedStore.JOB, store.provider());
    return new EpochJob(following, ENDLESS, Stamp.Pace.EVEN, rows);
  }

  private TestCluster.Running runUnderVersion5() throws Exception {
    TestCluster.Running running = cluster.run(job(), 2, EpochJob.options());
    awaitInForce(held);
    return running;
  }

  @Test
  void staysOnItsVersionAndSaysWhyUntilSomebodyAdopts() throws Exception {
    TestCluster.Running running = runUnderVersion5();

    store.restore(backup);
    awaitNote("the store is at version 3, behind the job");
    store.set(BACKUP, Factor.document(OTHER_FACTOR));
    awaitNote("the store is at version 4, behind the job");
    assertThat(notFollowed()).extracting(LedgerEntry::id).containsOnly(held);
    Revision adoption = store.adopt(4, held);
    awaitInForce(VersionId.of(adoption));

    assertThat(adoption.version()).isEqualTo(HELD);
    Revision next = store.set(HELD, Factor.document(6));
    awaitInForce(VersionId.of(next));
    assertThat(running.restarts()).isZero();
    awaitRowsUnder(6);
    assertThat(rows.all()).noneMatch(Stamped::isMixed);
    assertThat(factorsUnder(HELD)).isEqualTo(Set.of(HELD, OTHER_FACTOR));
    assertThat(factorsUnder(4)).isEmpty();
  }

  @Test
  void isNotFooledByAStoreThatMovedOnFurther() throws Exception {
    TestCluster.Running running = runUnderVersion5();

    store.restore(backup);
    for (long version = BACKUP; version <= HELD; version++) {
      store.set(version, Factor.document(OTHER_FACTOR));
    }

    awaitNote("the store's history does not contain version 5");
    store.adopt(6, new VersionId(HELD, "5e".repeat(32)));
    long before = running.completedCheckpoints();
    await().atMost(TestCluster.PATIENCE).until(() -> running.completedCheckpoints() > before + 10);
    assertThat(store.ledger()).noneMatch(entry -> entry.outcome() == Outcome.IN_FORCE);
    awaitInForce(VersionId.of(store.adopt(7, held)));
    assertThat(running.restarts()).isZero();
  }

  @Test
  void knowsUnderANewJobManagerWhatWasAdopted() throws Exception {
    TestCluster.Running running = runUnderVersion5();
    store.restore(backup);
    awaitNote("behind the job");
    store.goAway();
    Revision adoption = store.adopt(BACKUP, held);
    Revision next = store.set(4, Factor.document(OTHER_FACTOR));

    running.replaceJobManager();
    running.awaitRunning();
    store.comeBack();

    awaitInForce(VersionId.of(next));
    assertThat(adoption.version()).isEqualTo(4);
    assertThat(rows.all()).noneMatch(Stamped::isMixed);
  }

  @Test
  void goesOnFromASavepointOfTheHistoryThatWasGivenUp() throws Exception {
    TestCluster.Running first = runUnderVersion5();
    String savepoint = first.stopWithSavepoint(folder.toString());
    store.restore(backup);
    cluster.run(job(), 2, TestCluster.from(savepoint));
    awaitNote("behind the job");

    Revision adoption = store.adopt(BACKUP, held);

    awaitInForce(VersionId.of(adoption));
  }

  @Test
  void goesOnByItselfWithABackupThatHasWhatItHolds() throws Exception {
    byte[] whole = store.backUp();
    TestCluster.Running running = runUnderVersion5();
    store.restore(backup);
    awaitNote("behind the job");

    store.restore(whole);

    awaitInForce(VersionId.of(store.set(HELD, Factor.document(6))));
    assertThat(running.restarts()).isZero();
  }

  @Test
  void saysSoInAStoreThatLostEverything() throws Exception {
    runUnderVersion5();

    store.startAnew();
    awaitNote("the store knows no such job any more");
    assertThat(store.read()).isEmpty();
    store.set(0, Factor.document(OTHER_FACTOR));
    awaitNote("the store is at version 1, behind the job");
    awaitInForce(VersionId.of(store.adopt(1, held)));
  }

  private void awaitInForce(VersionId version) {
    await()
        .atMost(TestCluster.PATIENCE)
        .until(
            () ->
                store.ledger().stream()
                    .anyMatch(
                        entry ->
                            entry.outcome() == Outcome.IN_FORCE && entry.id().equals(version)));
  }

  private void awaitNote(String reason) {
    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> notFollowed().stream().anyMatch(entry -> entry.note().contains(reason)));
  }

  private List<LedgerEntry> notFollowed() {
    return store.ledger().stream()
        .filter(entry -> entry.outcome() == Outcome.NOT_FOLLOWED)
        .toList();
  }

  private void awaitRowsUnder(long version) {
    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> rows.all().stream().anyMatch(row -> row.second() == version));
  }

  /** By what rows of a version were multiplied. */
  private Set<Long> factorsUnder(long version) {
    return rows.all().stream()
        .filter(row -> row.second() == version && row.id() > 0)
        .map(row -> row.value() / row.id())
        .collect(Collectors.toSet());
  }
}
