package io.weir.jobs.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.jobs.generator.Account.Kind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {

  private static final int EVENTS = 200_000;
  private static final String[] MIXED = {
    "rate={base: 500, amplitude: 400, period: 20s}",
    "disorder=5s",
    "duplicates=0.05",
    "late=0.02",
    "late-by=1min",
    "ahead={share: 0.01, by: 3d, bursts: [{after: 0, events: 50}, {after: 70000, events: 50}]}",
    "broken=0.03",
    "pauses=[{after: 100000, for: 2d}, {after: 150000, for: 1h}]"
  };

  private final Account account = new Account(Settings.of(MIXED));

  @Test
  void keepsTheStatedShares() {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    for (long i = 0; i < EVENTS; i++) {
      counts.merge(account.kindOf(i), 1, Integer::sum);
    }

    assertShare(counts, Kind.DUPLICATE, 0.05, 0);
    assertShare(counts, Kind.LATE, 0.02, 0);
    assertShare(counts, Kind.AHEAD, 0.01, 100);
    assertShare(counts, Kind.BROKEN, 0.03, 0);
  }

  private static void assertShare(Map<Kind, Integer> counts, Kind kind, double share, int more) {
    // Five standard deviations, and the few that settling turned into good ones.
    double tolerance = 5 * Math.sqrt(EVENTS * share * (1 - share)) + 3 * Account.SETTLING * share;
    assertThat(counts.getOrDefault(kind, 0) - more)
        .as(kind.name())
        .isCloseTo((int) (EVENTS * share), within((int) tolerance));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void boundsTheDisorderOfEveryLaneExactlyAndMakesUseOfIt(int lanes) {
    for (int lane = 0; lane < lanes; lane++) {
      long largest = 0;
      long worst = 0;
      for (long i = lane; i < EVENTS; i += lanes) {
        Kind kind = account.kindOf(i);
        if (kind == Kind.GOOD || kind == Kind.DUPLICATE) {
          long behind = largest - account.timeMillis(i);
          assertThat(behind).as("event " + i).isLessThanOrEqualTo(5000);
          worst = Math.max(worst, behind);
          largest = Math.max(largest, account.timeMillis(i));
        }
      }
      assertThat(worst).isGreaterThan(4500);
    }
  }

  @Test
  void makesLateEventsLateForAnyClockThatFollowsTheStream() {
    long largest = 0;
    for (long i = 0; i < EVENTS; i++) {
      Kind kind = account.kindOf(i);
      if (kind == Kind.LATE) {
        assertThat(largest - account.timeMillis(i)).as("event " + i).isBetween(59_000L, 70_000L);
      } else if (kind == Kind.GOOD) {
        largest = Math.max(largest, account.timeMillis(i));
      }
    }
  }

  @Test
  void makesNoEventLateBeforeAClockCanHaveSettled() {
    Account late = new Account(Settings.of("late=1", "pauses=[{after: 1000, for: 2d}]"));

    for (long i = 0; i < 2000; i++) {
      boolean settled = i >= 1000 + Account.SETTLING || (i >= Account.SETTLING && i < 1000);
      assertThat(late.kindOf(i)).as("event " + i).isEqualTo(settled ? Kind.LATE : Kind.GOOD);
    }
  }

  @Test
  void repeatsTheGoodEventBefore() {
    int duplicates = 0;
    for (long i = 0; i < EVENTS; i++) {
      long original = account.originalOf(i);
      if (account.kindOf(i) == Kind.DUPLICATE) {
        duplicates++;
        assertThat(original).isLessThan(i);
        assertThat(account.kindOf(original)).isEqualTo(Kind.GOOD);
        assertThat(account.originalOf(original)).isEqualTo(original);
        assertThat(account.timeMillis(i)).isEqualTo(account.timeMillis(original));
      } else {
        assertThat(original).isEqualTo(i);
      }
    }
    assertThat(duplicates).isPositive();
  }

  @Test
  void putsWholeStretchesAheadAlsoAtTheVeryStart() {
    for (long i = 0; i < 50; i++) {
      assertThat(account.kindOf(i)).isEqualTo(Kind.AHEAD);
      assertThat(account.timeMillis(70_000 + i) - account.arrivalMillis(70_000 + i))
          .isEqualTo(Duration.ofDays(3).toMillis());
    }
  }

  @Test
  void pausesBeforeTheStatedEvent() {
    assertThat(account.arrivalMillis(100_000) - account.arrivalMillis(99_999))
        .isBetween(Duration.ofDays(2).toMillis(), Duration.ofDays(2).toMillis() + 20);
    assertThat(account.arrivalMillis(150_000) - account.arrivalMillis(149_999))
        .isBetween(Duration.ofHours(1).toMillis(), Duration.ofHours(1).toMillis() + 20);
  }

  @Test
  void startsAtTheFixedInstantUnlessToldOtherwise() {
    assertThat(new Account(Settings.of()).arrivalMillis(0))
        .isEqualTo(GeneratorSettings.FIXED_START.toEpochMilli());
    assertThat(new Account(Settings.of("start=\"1970-01-01T00:00:01Z\"")).timeMillis(1))
        .isEqualTo(1001);
  }

  @Test
  void makesOtherEventsFromAnotherSeed() {
    Account other = new Account(Settings.of(with("seed=2")));
    int same = 0;
    for (long i = 0; i < 1000; i++) {
      same += account.timeMillis(i) == other.timeMillis(i) ? 1 : 0;
    }
    assertThat(same).isLessThan(200);
  }

  private static String[] with(String line) {
    String[] lines = java.util.Arrays.copyOf(MIXED, MIXED.length + 1);
    lines[MIXED.length] = line;
    return lines;
  }
}
