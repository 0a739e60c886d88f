package io.weir.operators.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A live stream in virtual time, from the job's first start on: a busy origin and a slow one, read
 * by one subtask or by two. {@code -Dseed=} makes another stream.
 */
class SlowOriginTest {

  private static final long SEED = Long.getLong("seed", 7);
  private static final long START = 1_431_857_100_000L;
  private static final long SECOND = 1_000;
  private static final long DAY = 86_400 * SECOND;
  private static final long DISORDER = 2 * SECOND;
  private static final int ROWS = 150;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<Arrival> slow = new ArrayList<>();

  /** When a row of the slow origin comes, and what it says. */
  private record Arrival(long at, long time) {}

  @ParameterizedTest
  @CsvSource({
    "5, 60, 1", "20, 60, 1", "40, 60, 1", "100, 60, 1", "9000, 60, 1", "20, 5, 1", "40, 5, 1",
    "5, 60, 2", "20, 60, 2", "40, 60, 2", "100, 60, 2", "9000, 60, 2", "20, 5, 2", "40, 5, 2"
  })
  void everyGoodRowOfASlowOriginIsOnTime(int gapSeconds, int lateness, int subtasks)
      throws Exception {
    comeEvery(gapSeconds, 1_000);

    assertNothingLost(run(subtasks, lateness, step(gapSeconds)));
  }

  @ParameterizedTest
  @CsvSource({"20, 1", "40, 1", "20, 2", "40, 2"})
  void alsoAmongWrongClocks(int gapSeconds, int subtasks) throws Exception {
    wrongClocks(1_000);
    comeEvery(gapSeconds, 1_001);
    wrongClocks(slow.get(150).at());
    slow.sort(Comparator.comparing(Arrival::at));

    assertNothingLost(run(subtasks, 60, step(gapSeconds)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void alsoAfterAPauseThatIsReadAsABacklog(int subtasks) throws Exception {
    for (int i = 0; i < 300; i++) {
      slow.add(new Arrival(i, START - 2 * DAY + i * SECOND));
    }
    for (int i = 0; i < 40; i++) {
      slow.add(new Arrival(300 + i, START - (40 - i) * SECOND));
    }
    comeEvery(40, 1_000);

    assertNothingLost(run(subtasks, 60, step(40)));
  }

  private void comeEvery(int gapSeconds, long from) {
    long at = from;
    for (int i = 0; i < ROWS; i++) {
      slow.add(new Arrival(at, START + at - random.nextLong(DISORDER)));
      at += gapSeconds * SECOND / 2 + random.nextLong(gapSeconds * SECOND);
    }
  }

  private void wrongClocks(long at) {
    for (int i = 0; i < 50; i++) {
      slow.add(new Arrival(at, START + at + 30 * DAY + i));
    }
  }

  // The busy origin has a row each time; were they rarer than 30 s, it would be idle.
  private static long step(int gapSeconds) {
    return Math.min(20 * SECOND, Math.max(500, gapSeconds * 10L));
  }

  private LiveStream run(int subtasks, int lateness, long step) throws Exception {
    TimeLimits defaults = TimeLimits.DEFAULT;
    TimeLimits limits =
        new TimeLimits(
            Duration.ofSeconds(lateness),
            defaults.maxAhead(),
            defaults.idle(),
            defaults.holdRows(),
            defaults.holdFor());
    LiveStream stream = new LiveStream(subtasks, limits);
    try (stream) {
      int next = 0;
      for (long now = 0; next < slow.size(); now += step) {
        stream.tick(now);
        stream.read("busy", START + now - random.nextLong(DISORDER));
        for (; next < slow.size() && slow.get(next).at() <= now; next++) {
          stream.read("slow", slow.get(next).time());
        }
      }
      stream.tick(lastAt() + 2 * step);
    }
    return stream;
  }

  private long lastAt() {
    return slow.get(slow.size() - 1).at();
  }

  private void assertNothingLost(LiveStream stream) {
    long end = START + lastAt();
    List<Long> good = slow.stream().map(Arrival::time).filter(time -> time <= end).toList();
    assertThat(stream.rowsOf("slow"))
        .as("seed %d", SEED)
        .filteredOn(time -> time <= end)
        .containsExactlyInAnyOrderElementsOf(good);
    assertThat(stream.late()).as("seed %d", SEED).isEmpty();
    assertThat(stream.refused()).as("seed %d", SEED).noneMatch("late"::equals);
    assertThat(stream.watermark())
        .as("neither stuck nor dragged along, seed %d", SEED)
        .isBetween(end - 180 * SECOND, end);
  }
}
