package io.weir.operators.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.StoreException;
import io.weir.consensus.StoreException.Violation;
import io.weir.consensus.store.DocumentCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the version comes from under which a new job processes its first record. */
@Timeout(300)
class FirstVersionTest {

  private static final int NUMBERS = 2_000;
  private static final Duration SHORT = Duration.ofSeconds(1);

  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void cancel() throws Exception {
    cluster.cancelAll();
  }

  private static EpochJob job(SharedStore store, String initial, CommittedRows rows) {
    EpochSettings settings =
        EpochSettings.following(SharedStore.JOB, store.provider()).withInitialDocument(initial);
    return new EpochJob(settings, NUMBERS, Stamp.Pace.EVEN, rows);
  }

  private static EpochJob impatient(SharedStore store) {
    EpochSettings settings =
        EpochSettings.following(SharedStore.JOB, store.provider()).withStartLimit(SHORT);
    return new EpochJob(settings, NUMBERS, Stamp.Pace.EVEN, CommittedRows.create());
  }

  @Test
  void jobsThatStartTogetherAgreeOnTheDocumentOfOneOfThem() throws Exception {
    CommittedRows ones = CommittedRows.create();
    CommittedRows twos = CommittedRows.create();
    try (SharedStore store = new SharedStore()) {
      // So that both are submitted before either can propose.
      store.goAway();
      var one = cluster.run(job(store, Factor.document(1), ones), 2, EpochJob.options());
      var two = cluster.run(job(store, Factor.document(2), twos), 2, EpochJob.options());
      store.comeBack();

      assertThat(one.awaitEnd()).isEmpty();
      assertThat(two.awaitEnd()).isEmpty();

      assertThat(store.read().orElseThrow().version()).isEqualTo(1);
      String agreed = store.read().orElseThrow().content().orElseThrow();
      long factor = agreed.equals(Factor.document(1)) ? 1 : 2;
      assertThat(agreed).isEqualTo(Factor.document(factor));
      for (CommittedRows rows : List.of(ones, twos)) {
        assertThat(rows.all()).hasSize(NUMBERS);
        assertThat(rows.all())
            .allMatch(row -> row.first() == 1 && row.second() == 1)
            .allMatch(row -> row.value() == row.id() * factor);
      }
    }
  }

  @Test
  void aJobTakesWhatIsThereInPlaceOfItsOwnDocument() throws Exception {
    CommittedRows rows = CommittedRows.create();
    try (SharedStore store = new SharedStore()) {
      store.set(0, Factor.document(3));

      assertThat(
              cluster.run(job(store, Factor.document(1), rows), 2, EpochJob.options()).awaitEnd())
          .isEmpty();

      assertThat(store.read().orElseThrow().version()).isEqualTo(1);
      assertThat(rows.all()).hasSize(NUMBERS).allMatch(row -> row.value() == row.id() * 3);
    }
  }

  @Test
  void aJobWithoutADocumentGivesUpOnAStoreThatDoesNotAnswer() throws Exception {
    try (SharedStore store = new SharedStore()) {
      store.goAway();

      var running = cluster.run(impatient(store), 2, EpochJob.options());

      assertThat(running.awaitEnd().orElseThrow())
          .contains("job 'numbers' has no configuration after 1 s: the store does not answer")
          .contains("the store is away")
          .contains("./weir config set numbers FILE --expect 0")
          .contains("initial-configuration");
      assertThat(running.restarts()).isZero();
    }
  }

  @Test
  void aJobSaysWhyItsDocumentWasNotAgreed() throws Exception {
    try (SharedStore store = new SharedStore(new Refusing())) {
      EpochJob job = impatient(store);
      EpochSettings seeding = job.settings().withInitialDocument(Factor.document(1));
      EpochJob refused = new EpochJob(seeding, NUMBERS, Stamp.Pace.EVEN, job.rows());

      assertThat(cluster.run(refused, 2, EpochJob.options()).awaitEnd().orElseThrow())
          .contains("its initial-configuration was not agreed")
          .contains("/factor");
      assertThat(store.read()).isEmpty();
    }
  }

  /** Takes no document. */
  private static final class Refusing implements DocumentCheck {
    @Override
    public void checkDocument(String document, Optional<String> schema) {
      throw new StoreException.InvalidConfiguration(
          "the document", List.of(new Violation("/factor", "minimum", "is too small")));
    }

    @Override
    public void checkSchema(String schema) {
      // Any will do.
    }
  }
}
