package io.weir.jobs.generator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Position;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GeneratorOriginsTest {

  @Test
  void makesTheSameEventsInAnyNumberOfLanes() throws IOException {
    Map<Long, String> one = events("lanes=1");
    Map<Long, String> three = events("lanes=3");

    assertThat(one).hasSize(1000);
    assertThat(three).isEqualTo(one);
  }

  private static Map<Long, String> events(String lanes) throws IOException {
    GeneratorOrigins origins =
        new GeneratorOrigins(Settings.of("events=1000", "disorder=1s", "duplicates=0.1", lanes));
    Map<Long, String> events = new TreeMap<>();
    for (Origin origin : origins.list()) {
      Cursor cursor = origins.open(origin, Position.START);
      long count = 0;
      for (RawRecord r = cursor.next(); r != null; r = cursor.next()) {
        assertThat(events.put(r.position(), new String(r.bytes(), US_ASCII))).isNull();
        count++;
      }
      assertThat(cursor.waitMillis()).isEqualTo(Cursor.FINISHED);
      assertThat(count).isEqualTo(origin.work()).isEqualTo(cursor.workDone());
    }
    return events;
  }

  @Test
  void deliversEachEventWhenItIsDueAndCatchesUpWhenBehind() {
    AtomicLong now = new AtomicLong();
    GeneratorOrigins origins =
        new GeneratorOrigins(
            Settings.of("pace=real-time", "rate=10").startingAt(Instant.ofEpochMilli(1000)));
    InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    Cursor cursor = origins.open(origins.list().get(0), Position.START, clock);

    assertThat(take(cursor)).isNull();
    assertThat(cursor.waitMillis()).isEqualTo(1000);
    now.set(1100);
    assertThat(take(cursor)).isEqualTo(0);
    assertThat(take(cursor)).isEqualTo(1);
    assertThat(take(cursor)).isNull();
    assertThat(cursor.waitMillis()).isEqualTo(100);
    now.set(10_000);
    for (long i = 2; i <= 90; i++) {
      assertThat(take(cursor)).isEqualTo(i);
    }
    assertThat(take(cursor)).isNull();
  }

  private static @Nullable Long take(Cursor cursor) {
    try {
      RawRecord record = cursor.next();
      return record == null ? null : record.position();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void goesOnWithTheStartAndTheLanesOfTheRunThatWasSaved() throws IOException {
    GeneratorOrigins first =
        new GeneratorOrigins(Settings.of("lanes=2").startingAt(Instant.ofEpochMilli(5000)));
    Origin lane = first.list().get(1);
    Cursor cursor = first.open(lane, Position.START);
    cursor.next();
    GeneratorOrigins second =
        new GeneratorOrigins(Settings.of("lanes=5").startingAt(Instant.ofEpochMilli(9000)));

    Cursor resumed = second.open(lane, cursor.position());

    RawRecord expected = Objects.requireNonNull(cursor.next());
    assertThat(resumed.next()).usingRecursiveComparison().isEqualTo(expected);
  }

  @Test
  void startsNowOnlyWhereItFollowsTheWallClock() {
    Instant now = Instant.parse("2030-01-01T00:00:00Z");

    assertThat(Settings.of("pace=real-time").startOr(now)).isEqualTo(now);
    assertThat(Settings.of().startOr(now)).isEqualTo(GeneratorSettings.FIXED_START);
  }
}
