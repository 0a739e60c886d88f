package io.weir.operators.epoch.verify;

import static io.weir.operators.epoch.verify.History.JOB;
import static io.weir.operators.epoch.verify.History.NEXT_JOB;
import static io.weir.operators.epoch.verify.History.inEpoch;
import static io.weir.operators.epoch.verify.History.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.epoch.stamp.Stamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EpochCheckTest {

  private final History valid = History.valid();

  private static List<Rule> broken(StampReader history) throws NoVerdictException {
    return EpochCheck.of(history).violations().stream().map(Violation::rule).toList();
  }

  @Test
  void acceptsAJobThatWasRestoredAndOneThatGoesOnFromItsSavepoint() throws NoVerdictException {
    Verdict verdict = EpochCheck.of(valid);

    assertThat(verdict.isAccepted()).isTrue();
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict)
        .extracting(Verdict::stamps, Verdict::records, Verdict::epochs, Verdict::versions)
        .containsExactly(156L, 78L, 13L, 6L);
    assertThat(verdict.restores()).isEqualTo(8);
  }

  @Test
  void rejectsARecordUnderTwoVersions() throws NoVerdictException {
    // The second operator is already in the epoch before: all but the record itself fits.
    History doctored =
        valid.but(
            s -> s.record().equals("6-1") && s.operator().equals("second"),
            s -> inEpoch(5, under(History.version(5), s)));

    Verdict verdict = EpochCheck.of(doctored);

    assertThat(verdict.found()).isOne();
    Violation violation = verdict.violations().get(0);
    assertThat(violation.rule()).isEqualTo(Rule.ONE_VERSION_PER_RECORD);
    assertThat(violation.first().stamp().version()).isEqualTo(4);
    assertThat(violation.second().stamp().version()).isEqualTo(3);
    assertThat(violation.first().line() + 1).isEqualTo(violation.second().line());
  }

  @Test
  void rejectsAnEpochUnderTwoVersions() throws NoVerdictException {
    // All stamps of one record, so that the record itself is under one version.
    History doctored = valid.butAll(s -> s.record().equals("3-5"), s -> under(1, s));

    assertThat(broken(doctored)).containsExactly(Rule.ONE_VERSION_PER_EPOCH);
  }

  @Test
  void rejectsAnEpochThatWasReplayedUnderAnotherVersion() throws NoVerdictException {
    Stamp replayed = new Stamp("another", "first", 0, 3, History.version(3) + 1, JOB, 1, 3);
    List<Stamp> stamps = new ArrayList<>(valid.stamps());
    stamps.add(replayed);

    assertThat(broken(new History(stamps))).containsExactly(Rule.REPLAY_UNDER_THE_SAME_VERSION);
  }

  @Test
  void rejectsAJobThatGoesOnFromASavepointUnderAnotherVersion() throws NoVerdictException {
    History doctored =
        valid.butAll(s -> s.job().equals(NEXT_JOB) && s.epoch() == 8, s -> under(4, s));

    assertThat(broken(doctored)).containsExactly(Rule.REPLAY_UNDER_THE_SAME_VERSION);
  }

  @Test
  void rejectsAVersionThatGoesBackWhileSubtasksGoOn() throws NoVerdictException {
    History doctored = valid.butAll(s -> s.epoch() == 6, s -> under(2, s));

    assertThat(broken(doctored)).containsExactly(Rule.NO_WAY_BACK);
  }

  @Test
  void acceptsAVersionThatGoesBackWhereEverybodyWasRestored() throws NoVerdictException {
    // The first attempt had switched in epoch 3; what it was restored from knew nothing of that.
    History back = valid.only(s -> s.epoch() < 6).butAll(s -> s.epoch() == 3, s -> under(9, s));

    assertThat(EpochCheck.of(back).isAccepted()).isTrue();
  }

  @Test
  void aNewJobManagerCountsAttemptsFromTheBeginning() throws NoVerdictException {
    History back =
        valid
            .only(s -> s.epoch() < 6)
            .butAll(s -> s.epoch() == 3, s -> under(9, s))
            .butAll(
                s -> s.attempt() == 1,
                s ->
                    new Stamp(
                        s.record(),
                        s.operator(),
                        s.subtask(),
                        s.epoch(),
                        s.version(),
                        s.job(),
                        0,
                        s.restored()));

    assertThat(EpochCheck.of(back).isAccepted()).isTrue();
  }

  @Test
  void jobsThatBeginAnewHaveNothingToDoWithEachOther() throws NoVerdictException {
    History first = valid.only(s -> s.epoch() < 4);
    List<Stamp> both = new ArrayList<>(first.stamps());
    for (Stamp s : first.stamps()) {
      both.add(
          new Stamp(s.record(), s.operator(), s.subtask(), s.epoch(), s.version() + 7, "c3", 0, 0));
    }

    assertThat(EpochCheck.of(new History(both)).isAccepted()).isTrue();
  }

  @Test
  void rejectsAnyStampWhoseVersionWasChangedInAnyOrderOfLines() throws NoVerdictException {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<Stamp> stamps = new ArrayList<>(valid.stamps());
      Collections.shuffle(stamps, random);
      assertThat(EpochCheck.of(new History(stamps)).isAccepted()).as("seed %d", seed).isTrue();

      int which = random.nextInt(stamps.size());
      stamps.set(
          which, under(stamps.get(which).version() + 1 + random.nextInt(5), stamps.get(which)));

      assertThat(EpochCheck.of(new History(stamps)).isAccepted()).as("seed %d", seed).isFalse();
    }
  }

  @Test
  void namesTheFirstViolationsAndCountsAll() throws NoVerdictException {
    List<Stamp> stamps = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      stamps.add(new Stamp("r" + i, "first", 0, 1, 1, JOB, 0, 0));
      stamps.add(new Stamp("r" + i, "second", 0, 2, 2, JOB, 0, 0));
    }

    Verdict verdict = EpochCheck.of(new History(stamps));

    assertThat(verdict.found()).isEqualTo(5_000);
    assertThat(verdict.violations())
        .hasSize(EpochCheck.REPORTED)
        .extracting(violation -> violation.first().stamp().record())
        .startsWith("r0", "r1", "r2");
  }

  @Test
  void recordsThatOnlySeemToBeTheSameAreNotReported() {
    Stamp one = new Stamp("one", "first", 0, 1, 1, JOB, 0, 0);
    Stamp two = new Stamp("two", "first", 0, 2, 2, JOB, 0, 0);
    SuspectRecords second =
        new SuspectRecords(Set.of(RecordVersions.hash(one), RecordVersions.hash(two)));

    second.look(new Sighting("stamps", 1, one));
    second.look(new Sighting("stamps", 2, two));
    assertThat(second.violations()).isEmpty();

    second.look(new Sighting("stamps", 3, under(3, two)));
    assertThat(second.violations()).hasSize(1);
  }

  @Test
  void tellsApartAsManyRecordsAsFitAndThenSaysWhatIsNeeded() throws NoVerdictException {
    List<Stamp> stamps = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      stamps.add(new Stamp("access.log@" + i, "first", 0, 1, 1, JOB, 0, 0));
    }

    assertThat(EpochCheck.of(new History(stamps), 10L << 20).records()).isEqualTo(100_000);
    assertThatThrownBy(() -> EpochCheck.of(new History(stamps), 1L << 20))
        .isInstanceOf(NoVerdictException.class)
        .hasMessageContaining("more than 43,690 records need 3 MiB")
        .hasMessageContaining("WEIR_JAVA_OPTS");
  }

  @Test
  void judgesNothingWhereThereIsNothing() {
    assertThatThrownBy(() -> EpochCheck.of(new History(List.of())))
        .isInstanceOf(NoVerdictException.class)
        .hasMessageContaining("there are no stamps");
  }
}
