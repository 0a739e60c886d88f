package io.weir.operators.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

  private static final TimeLimits LIMITS = TimeLimits.DEFAULT;
  private static final long START = 1_431_857_100_000L;
  private static final long SECOND = 1_000;
  private static final long DAY = 86_400 * SECOND;

  private final GateRun run = new GateRun(LIMITS);

  @Test
  void refusesWhatIsOlderThanTheLatenessAllowsAndNothingElse() {
    run.assign("a");
    warmUp();
    run.feed("a", START - 60 * SECOND);
    run.feed("a", START - 60 * SECOND - 1);

    run.end();

    assertThat(run.values).hasSize(257).contains(START - 60 * SECOND);
    assertThat(run.refused()).containsExactly("late " + (START - 60 * SECOND - 1));
  }

  @Test
  void refusesBrokenRecordsWithTheirBytesAndGoesOn() {
    run.assign("a");
    warmUp();
    run.gate.accept(RawRecord.data("a", 7, "x".getBytes(UTF_8)));
    run.feed("a", START + 1);

    run.end();

    assertThat(run.letters)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reason()).isEqualTo("broken");
              assertThat(letter.position()).isEqualTo(7);
              assertThat(letter.bytes()).isEqualTo("x".getBytes(UTF_8));
            });
    assertThat(run.values).hasSize(257);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 300, 5_000, 9_999})
  void wrongClocksDaysAheadCostNoGoodValueAndNeverDragTheWatermark(int where) {
    List<Long> good = steady(START, 10_000);
    List<Long> input = new ArrayList<>(good);
    List<Long> wrong = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      wrong.add(good.get(where) + 3 * DAY + i * SECOND);
    }
    input.addAll(where, wrong);
    run.assign("a");

    for (long time : input) {
      run.feed("a", time);
      assertThat(run.gate.advanceWatermark()).isLessThan(START + DAY);
    }
    run.end();

    assertThat(run.missing(good)).isEmpty();
    if (where < 9_900) {
      assertThat(run.values).hasSameSizeAs(good);
      assertThat(run.refused())
          .containsExactlyElementsOf(wrong.stream().map(t -> "ahead " + t).toList());
    }
  }

  @Test
  void wrongClocksFarBehindAsTheVeryFirstValuesCostNoGoodValue() {
    List<Long> good = steady(START, 2_000);
    run.assign("a");

    Collections.nCopies(50, 0L).forEach(time -> run.feed("a", time));
    good.forEach(time -> run.feed("a", time));
    run.end();

    assertThat(run.missing(good)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100, 1_000, 9_990})
  void followsARealPauseOfTwoDays(int where) {
    List<Long> good = steady(START, where);
    good.addAll(steady(START + where * SECOND + 2 * DAY, 10_000 - where));
    run.assign("a");

    good.forEach(time -> run.feed("a", time));
    run.end();

    assertThat(run.missing(good)).isEmpty();
    assertThat(run.values).hasSameSizeAs(good);
    assertThat(run.letters).isEmpty();
  }

  @Test
  void stragglersFromBeforeAPauseDoNotTurnItIntoWrongClocks() {
    List<Long> before = steady(START, 1_000);
    List<Long> after = steady(START + 2 * DAY, 1_000);
    run.assign("a");

    before.forEach(time -> run.feed("a", time));
    after.subList(0, 20).forEach(time -> run.feed("a", time));
    before.subList(990, 1_000).forEach(time -> run.feed("a", time));
    after.subList(20, 1_000).forEach(time -> run.feed("a", time));
    run.end();

    assertThat(run.missing(after)).isEmpty();
    assertThat(run.letters).isEmpty();
  }

  @Test
  void tellsWrongClocksFromAPauseWhenTheyComeTogether() {
    List<Long> before = steady(START, 1_000);
    List<Long> after = steady(START + 2 * DAY, 1_000);
    List<Long> wrong = steady(START + 30 * DAY, 50);
    run.assign("a");

    before.forEach(time -> run.feed("a", time));
    wrong.forEach(time -> run.feed("a", time));
    after.forEach(time -> run.feed("a", time));
    run.end();

    assertThat(run.missing(before)).isEmpty();
    assertThat(run.missing(after)).isEmpty();
    assertThat(run.values).hasSize(2_000);
    assertThat(run.refused()).hasSize(50).allMatch(letter -> letter.startsWith("ahead"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void losesNoGoodValueInRandomStreams(long seed) {
    RandomStream stream = new RandomStream(seed);
    run.assign("a");

    stream.input.forEach(time -> run.feed("a", time));
    run.end();

    assertThat(run.missing(stream.good)).as("seed %d", seed).isEmpty();
    assertThat(run.values.size() + run.letters.size()).isEqualTo(stream.input.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void decidesTheSameWhereverTheClockIsSavedAndRestored(long seed) throws IOException {
    RandomStream stream = new RandomStream(seed);
    run.assign("a");
    stream.input.forEach(time -> run.feed("a", time));
    run.end();

    GateRun interrupted = new GateRun(LIMITS);
    interrupted.assign("a");
    SplittableRandom random = new SplittableRandom(seed);
    for (long time : stream.input) {
      interrupted.feed("a", time);
      if (random.nextInt(40) == 0) {
        interrupted = interrupted.restored();
      }
    }
    interrupted.end();

    assertThat(interrupted.values).as("seed %d", seed).isEqualTo(run.values);
    assertThat(interrupted.refused()).isEqualTo(run.refused());
  }

  @Test
  void aClockIsSavedWhateverTheLengthOfItsOriginsName() throws IOException {
    // The sorted origin of many files bears all their names.
    String files = "/logs/access.log,".repeat(5_000);

    OriginClock read = OriginClockCodec.read(OriginClockCodec.write(new OriginClock(files)));

    assertThat(read.origin()).isEqualTo(files);
  }

  @Test
  void neverHoldsBackMoreThanItsBound() {
    SplittableRandom random = new SplittableRandom(1);
    OriginClock clock = run.assign("a");

    for (int i = 0; i < 20_000; i++) {
      run.feed("a", START + random.nextLong(400) * DAY);
      assertThat(clock.held().size()).isLessThan(LIMITS.holdRows());
    }
  }

  @Test
  void insistsOnHearingOfAnOriginFirst() {
    assertThatThrownBy(() -> run.feed("nobody", START))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nobody");
    assertThatThrownBy(
            () ->
                run.gate.accept(new RawRecord(RawRecord.Mark.ASSIGNED, "a", -1, new byte[0], null)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("chained");
  }

  private void warmUp() {
    for (int i = 0; i < 256; i++) {
      run.feed("a", START);
    }
  }

  private static List<Long> steady(long start, int count) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      times.add(start + i * SECOND);
    }
    return times;
  }

  /** Good values with up to a minute of disorder and pauses, sprinkled with wrong clocks. */
  private static final class RandomStream {

    final List<Long> good = new ArrayList<>();
    final List<Long> input = new ArrayList<>();

    RandomStream(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      long time = START;
      for (int i = 0; i < 20_000; i++) {
        time += random.nextLong(2 * SECOND);
        if (random.nextInt(4_000) == 0) {
          time += random.nextLong(5 * DAY);
        }
        long value = time - random.nextLong(30 * SECOND);
        good.add(value);
        input.add(value);
        int wrong =
            random.nextInt(1_000) == 0 ? random.nextInt(60) : random.nextInt(20) == 0 ? 1 : 0;
        for (int j = 0; j < wrong; j++) {
          input.add(time + 2 * 3_600 * SECOND + random.nextLong(300 * DAY));
        }
      }
    }
  }
}
