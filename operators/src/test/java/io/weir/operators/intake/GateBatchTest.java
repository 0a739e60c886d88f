package io.weir.operators.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Records of many values, as exporters of spans send them. */
class GateBatchTest implements Gate.Out<Long> {

  private static final long START = 1_431_857_100_000L;
  private static final long HOUR = 3_600_000;

  private final List<Long> values = new ArrayList<>();
  private final List<DeadLetter> letters = new ArrayList<>();
  private final Gate<Long> gate = new Gate<>(this::decode, TimeLimits.DEFAULT, this, 0);
  private int decodedRecords;
  private int lostValues;
  private int position;

  @Test
  void theLateValuesOfARecordAreOneDeadLetter() {
    begin();

    feed(LongStream.range(0, 1_000).map(i -> i % 4 == 0 ? START + i : START - HOUR - i));

    assertThat(values).hasSize(1_000 + 250);
    assertThat(lostValues).isEqualTo(750);
    assertThat(letters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("late"))
        .satisfies(letter -> assertThat(letter.position()).isEqualTo(2))
        .satisfies(
            letter ->
                assertThat(letter.detail())
                    .startsWith(
                        "750 values, the first: event time 2015-05-17T09:04:59.999Z is behind"));
  }

  @Test
  void theValuesOfARecordThatAreAheadAreOneDeadLetter() {
    begin();

    feed(LongStream.range(0, 100).map(i -> START + 30 * HOUR + i));
    feed(LongStream.range(0, 1_000).map(i -> START + i));

    assertThat(values).hasSize(2_000);
    assertThat(letters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("ahead"))
        .satisfies(letter -> assertThat(letter.position()).isEqualTo(2))
        .satisfies(letter -> assertThat(letter.detail()).startsWith("100 values, the first: "));
    assertThat(lostValues).isEqualTo(100);
  }

  @Test
  void eachRecordHasADeadLetterOfItsOwn() {
    begin();

    feed(LongStream.of(START - HOUR));
    feed(LongStream.of(START - HOUR, START - 2 * HOUR));
    gate.finish();

    assertThat(letters).extracting(DeadLetter::position).containsExactly(2L, 3L);
    assertThat(letters.get(0).detail()).startsWith("event time ");
    assertThat(letters.get(1).detail()).startsWith("2 values, the first: ");
  }

  @Test
  void valuesThatGoOnTogetherAreDecodedTogether() {
    begin();

    // Once to judge them; once more when it is believed that the stream has begun.
    assertThat(decodedRecords).isEqualTo(2);
    assertThat(values).hasSize(1_000).doesNotHaveDuplicates();
  }

  private void begin() {
    gate.accept(RawRecord.assigned(new OriginClock("spans")));
    feed(LongStream.range(0, 1_000).map(i -> START + i));
  }

  private void feed(LongStream times) {
    String text = times.mapToObj(Long::toString).collect(Collectors.joining(","));
    gate.accept(RawRecord.data("spans", ++position, text.getBytes(UTF_8)));
  }

  private void decode(byte[] bytes, Decoder.Values<Long> out) {
    decodedRecords++;
    for (String time : new String(bytes, UTF_8).split(",", -1)) {
      out.add(Long.valueOf(time), Long.parseLong(time));
    }
  }

  @Override
  public void value(Long value, long timeMillis) {
    values.add(value);
  }

  @Override
  public void refused(DeadLetter letter, int lost) {
    letters.add(letter);
    lostValues += lost;
  }
}
