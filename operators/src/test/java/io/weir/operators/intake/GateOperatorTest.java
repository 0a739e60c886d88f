package io.weir.operators.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("try") // close() of the harness throws what Flink lets it throw.
class GateOperatorTest {

  private static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));
  private static final long TICK_MILLIS = 200;

  @Test
  void whatIsHeldBackComesOutBeforeTheLastWatermark() throws Exception {
    try (OneInputStreamOperatorTestHarness<RawRecord, Long> gate = harness()) {
      gate.open();
      gate.processElement(new StreamRecord<>(RawRecord.assigned(new OriginClock("a"))));
      gate.processElement(record("1000"));
      gate.processElement(record("2000"));

      gate.processWatermark(Watermark.MAX_WATERMARK);
      gate.endInput();

      assertThat(told(gate)).containsExactly("1000", "2000", "end");
    }
  }

  @Test
  void onlyTheWatermarkThatEndsTheStreamComesThroughFromUpstream() throws Exception {
    try (OneInputStreamOperatorTestHarness<RawRecord, Long> gate = harness()) {
      gate.open();

      gate.processWatermark(new Watermark(5));

      assertThat(gate.getOutput()).isEmpty();
    }
  }

  @Test
  void refusedRecordsGoToTheSideAndAreCounted() throws Exception {
    try (OneInputStreamOperatorTestHarness<RawRecord, Long> gate = harness()) {
      gate.open();
      gate.processElement(new StreamRecord<>(RawRecord.assigned(new OriginClock("a"))));

      gate.processElement(record("no time"));

      assertThat(gate.getSideOutput(DEAD_LETTERS))
          .singleElement()
          .satisfies(letter -> assertThat(letter.getValue().reason()).isEqualTo("broken"));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 30000", "5, 5000"})
  void aSubtaskWithoutOriginsHoldsTheWatermarkOnlyAtFirst(int idleSeconds, long millis)
      throws Exception {
    try (OneInputStreamOperatorTestHarness<RawRecord, Long> gate = harness(idle(idleSeconds))) {
      gate.open();

      gate.setProcessingTime(millis - 1);
      assertThat(gate.getOutput()).isEmpty();

      gate.setProcessingTime(millis + TICK_MILLIS);
      assertThat(gate.getOutput()).containsExactly(WatermarkStatus.IDLE);
    }
  }

  @Test
  void anOriginThatIsNeverIdleHoldsTheWatermarkHoweverLateItIsAssigned() throws Exception {
    try (OneInputStreamOperatorTestHarness<RawRecord, Long> gate = harness(idle(0))) {
      gate.open();
      gate.setProcessingTime(60_000);
      gate.processElement(new StreamRecord<>(RawRecord.assigned(new OriginClock("a"))));

      gate.setProcessingTime(Duration.ofDays(1).toMillis());

      assertThat(gate.getOutput()).containsExactly(WatermarkStatus.IDLE, WatermarkStatus.ACTIVE);
    }
  }

  private static TimeLimits idle(int seconds) {
    TimeLimits defaults = TimeLimits.DEFAULT;
    return new TimeLimits(
        defaults.lateness(),
        defaults.maxAhead(),
        Duration.ofSeconds(seconds),
        defaults.holdRows(),
        defaults.holdFor());
  }

  private static OneInputStreamOperatorTestHarness<RawRecord, Long> harness() throws Exception {
    return harness(TimeLimits.DEFAULT);
  }

  private static OneInputStreamOperatorTestHarness<RawRecord, Long> harness(TimeLimits limits)
      throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new GateOperatorFactory<>(GateOperatorTest::decode, limits, DEAD_LETTERS));
  }

  private static void decode(byte[] bytes, Decoder.Values<Long> values)
      throws BrokenRecordException {
    String text = new String(bytes, UTF_8);
    if (!text.matches("\\d+")) {
      throw new BrokenRecordException("is no time");
    }
    values.add(Long.valueOf(text), Long.parseLong(text));
  }

  private static StreamRecord<RawRecord> record(String text) {
    return new StreamRecord<>(RawRecord.data("a", 0, text.getBytes(UTF_8)));
  }

  private static List<String> told(OneInputStreamOperatorTestHarness<RawRecord, Long> gate) {
    List<String> told = new ArrayList<>();
    for (Object out : gate.getOutput()) {
      told.add(out instanceof StreamRecord<?> value ? String.valueOf(value.getValue()) : "end");
    }
    return told;
  }
}
