package io.weir.operators.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the passing of time decides, and what it does not. */
class SilentOriginTest {

  private static final TimeLimits LIMITS = TimeLimits.DEFAULT;
  private static final long START = 1_431_857_100_000L;
  private static final long SECOND = 1_000;
  private static final long HOUR = 3_600 * SECOND;
  private static final long DAY = 24 * HOUR;

  private final GateRun run = new GateRun(LIMITS);

  @Test
  void theWatermarkWaitsForEveryOriginThatIsNotIdle() {
    run.assign("a");
    run.assign("b");
    warmUp();
    assertThat(run.gate.advanceWatermark()).isEqualTo(Gate.NO_WATERMARK);

    run.gate.tick(LIMITS.idle().toMillis() - 1);
    run.feed("a", START + 1);
    assertThat(run.gate.advanceWatermark()).isEqualTo(Gate.NO_WATERMARK);

    run.gate.tick(LIMITS.idle().toMillis());
    assertThat(run.gate.advanceWatermark()).isEqualTo(START + 1 - 60 * SECOND - 1);
    assertThat(run.gate.isIdle()).isFalse();

    run.gate.tick(3 * LIMITS.idle().toMillis());
    assertThat(run.gate.isIdle()).isTrue();
  }

  @Test
  void anOriginThatComesBackFromIdlenessCannotReopenWhatIsClosed() {
    run.assign("a");
    OriginClock quiet = run.assign("b");
    warmUp();
    for (int i = 0; i < 256; i++) {
      run.feed("b", START - 600 * SECOND);
    }
    run.gate.tick(LIMITS.idle().toMillis());
    run.feed("a", START);
    run.gate.tick(LIMITS.idle().toMillis() + 1);
    long watermark = run.gate.advanceWatermark();

    run.feed("b", START - 600 * SECOND);
    run.feed("b", watermark + 1);

    assertThat(quiet.time()).isEqualTo(watermark + 1);
    assertThat(run.refused()).containsExactly("late " + (START - 600 * SECOND));
  }

  @Test
  void aLiveStreamThatWasSilentForHoursIsBelievedAtOnce() {
    run.assign("a");
    warmUp();
    run.gate.tick(5 * HOUR);

    run.feed("a", START + 5 * HOUR);

    assertThat(run.values).last().isEqualTo(START + 5 * HOUR);
  }

  @Test
  void aQuarterOfTheValuesDecidesWhenNoneOnTimeComesForAWhile() {
    run.assign("a");
    warmUp();
    List<Long> moved = steady(START + 2 * DAY, 64);
    moved.forEach(time -> run.feed("a", time));
    run.gate.tick(LIMITS.holdFor().toMillis() - 1);
    assertThat(run.values).hasSize(256);

    run.gate.tick(LIMITS.holdFor().toMillis());

    assertThat(run.values).containsAll(moved);
  }

  @Test
  void aFewWrongClocksNeverDecideHoweverLongTheSilence() {
    OriginClock clock = run.assign("a");
    warmUp();
    List<Long> wrong = steady(START + 2 * DAY, 63);
    wrong.forEach(time -> run.feed("a", time));

    run.gate.tick(100 * LIMITS.holdFor().toMillis());
    run.feed("a", START + 1);

    assertThat(clock.time()).isEqualTo(START + 1);
    assertThat(run.values).hasSize(320).containsAll(wrong).last().isEqualTo(START + 1);
    assertThat(run.letters).isEmpty();
  }

  @Test
  void wrongClocksThatAreOutvotedWaitThroughTheSilenceAndAreRefused() {
    run.assign("a");
    warmUp();
    steady(START + 2 * DAY, 5).forEach(time -> run.feed("a", time));
    steady(START, 5).forEach(time -> run.feed("a", time));

    run.gate.tick(LIMITS.idle().toMillis());
    assertThat(run.values).hasSize(261);
    steady(START, 251).forEach(time -> run.feed("a", time));

    assertThat(run.refused()).hasSize(5).allMatch(letter -> letter.startsWith("ahead"));
  }

  @Test
  void wrongClocksThatComeNowAndThenNeverDecide() {
    OriginClock clock = run.assign("a");
    warmUp();

    for (int i = 0; i < 100; i++) {
      run.feed("a", START + 2 * DAY);
      run.feed("a", START + i);
      run.gate.tick(i * LIMITS.holdFor().toMillis());
    }

    assertThat(clock.time()).isEqualTo(START + 99);
  }

  @Test
  void rowsThatNobodyCouldJudgeYetGoOnBeforeWindowsCloseWithoutThem() {
    run.assign("a");
    OriginClock quiet = run.assign("b");
    warmUp();
    run.feed("b", START - 30 * SECOND);
    run.gate.tick(LIMITS.idle().toMillis() - 1);
    run.feed("a", START + 60 * SECOND);
    assertThat(run.values).doesNotContain(START - 30 * SECOND);
    assertThat(run.gate.advanceWatermark()).isEqualTo(Gate.NO_WATERMARK);

    run.gate.tick(LIMITS.idle().toMillis());

    assertThat(run.values).last().isEqualTo(START - 30 * SECOND);
    assertThat(run.gate.advanceWatermark()).isEqualTo(START - 1);
    assertThat(quiet.time()).isEqualTo(OriginClock.UNSET);
    assertThat(run.letters).isEmpty();
  }

  @Test
  void anOriginThatFellSilentHoldsNothingUpUntilOneOfItsRowsIsOnTime() {
    run.assign("a");
    run.assign("b");
    warmUp();
    run.feed("b", START);
    run.gate.tick(LIMITS.idle().toMillis());
    run.feed("a", START + 1);
    for (int i = 1; i < 64; i++) {
      run.feed("b", START + i);
      assertThat(run.values).last().isEqualTo(START + i);
      assertThat(run.gate.advanceWatermark()).isEqualTo(START + 1 - 60 * SECOND - 1);
    }

    run.gate.tick(LIMITS.idle().toMillis() + LIMITS.holdFor().toMillis());
    run.feed("b", START + 64);
    run.feed("a", START + 300 * SECOND);

    assertThat(run.gate.advanceWatermark()).isEqualTo(START + 64 - 60 * SECOND - 1);
  }

  @Test
  void whatGoesOnAsItComesIsStillAfterTheWatermark() {
    run.assign("a");
    run.assign("b");
    warmUp();
    run.gate.tick(LIMITS.idle().toMillis() - 1);
    run.feed("a", START);
    run.gate.tick(LIMITS.idle().toMillis());
    long watermark = run.gate.advanceWatermark();

    run.feed("b", watermark + 1);
    run.feed("b", watermark);

    assertThat(run.values).last().isEqualTo(watermark + 1);
    assertThat(run.refused()).containsExactly("late " + watermark);
  }

  @Test
  void aNewOriginIsNotWaitedForWhereItsGateIsIdle() {
    run.gate.tick(LIMITS.idle().toMillis());
    run.assign("a");

    run.feed("a", START);

    assertThat(run.values).containsExactly(START);
    assertThat(run.gate.isIdle()).isTrue();
  }

  @Test
  void aLiveStreamIsBelievedAfterHoursAlsoWhenAWrongClockSpeaksFirst() {
    run.assign("a");
    warmUp();
    run.gate.tick(5 * HOUR);
    run.feed("a", START + 30 * DAY);

    run.feed("a", START + 5 * HOUR);

    assertThat(run.gate.advanceWatermark()).isEqualTo(START + 5 * HOUR - 60 * SECOND - 1);
  }

  @Test
  void rowsThatComeHoursApartSetTheirClockToTheNewest() {
    OriginClock clock = run.assign("a");

    for (int i = 0; i < 64; i++) {
      run.gate.tick(5 * HOUR * i);
      run.feed("a", START + 5 * HOUR * i);
    }
    run.gate.tick(63 * 5 * HOUR + LIMITS.holdFor().toMillis());

    assertThat(clock.time()).isEqualTo(START + 63 * 5 * HOUR);
    assertThat(run.values).hasSize(64);
  }

  @Test
  void withoutHoldingBackTheFirstRowIsBelieved() {
    GateRun trusting =
        new GateRun(
            new TimeLimits(
                LIMITS.lateness(), LIMITS.maxAhead(), LIMITS.idle(), 1, LIMITS.holdFor()));
    OriginClock clock = trusting.assign("a");

    trusting.feed("a", START);
    trusting.gate.tick(LIMITS.idle().toMillis());
    trusting.feed("a", START + 2 * DAY);

    assertThat(trusting.values).containsExactly(START, START + 2 * DAY);
    assertThat(clock.time()).isEqualTo(START + 2 * DAY);
    assertThat(clock.held()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void losesAndRepeatsNothingWhereverASlowOriginIsSavedAndRestored(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    GateRun interrupted = new GateRun(LIMITS);
    interrupted.assign("a");
    List<Long> good = new ArrayList<>();
    long now = 0;

    for (int i = 0; i < 300; i++) {
      now += random.nextLong(60 * SECOND);
      interrupted.gate.tick(now);
      good.add(START + 30 * SECOND * i);
      interrupted.feed("a", good.get(i));
      if (random.nextInt(10) == 0) {
        interrupted = interrupted.restored();
        now = 0;
      }
    }
    interrupted.end();

    assertThat(interrupted.values).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(good);
  }

  @Test
  void whereSilenceMeansNothingOnlyRowsDecide() {
    GateRun stored = new GateRun(LIMITS.withoutSilence());
    stored.assign("a");
    stored.assign("waits for its turn");
    Collections.nCopies(256, START).forEach(time -> stored.feed("a", time));
    steady(START + 2 * DAY, 255).forEach(time -> stored.feed("a", time));

    stored.gate.tick(DAY);
    stored.feed("a", START + 1);

    assertThat(stored.gate.advanceWatermark()).isEqualTo(Gate.NO_WATERMARK);
    assertThat(stored.gate.isIdle()).isFalse();
    assertThat(stored.values).hasSize(257);
  }

  private void warmUp() {
    Collections.nCopies(256, START).forEach(time -> run.feed("a", time));
  }

  private static List<Long> steady(long start, int count) {
    return LongStream.range(0, count).mapToObj(i -> start + i * SECOND).toList();
  }
}
