package io.weir.operators.trace.self;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShiftedLogTest {

  private static double mean(long... micros) {
    return ShiftedLog.micros(LongStream.of(micros).map(ShiftedLog::of).average().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999, 20_000, 3_600_000_000L})
  void theMeanOfOneIsItself(long micros) {
    assertThat(mean(micros)).isCloseTo((double) micros, within(0.01 + micros * 1e-6));
  }

  @Test
  void quickAndSlowSpansMoveTheMeanAlike() {
    double usual = mean(10_000, 1_000_000);

    double quickOnesSlow = mean(40_000, 1_000_000) / usual;
    double slowOnesSlow = mean(10_000, 4_000_000) / usual;

    assertThat(quickOnesSlow).isCloseTo(2, within(0.1));
    assertThat(slowOnesSlow).isCloseTo(2, within(0.1));
  }

  @Test
  void belowAMillisecondHardlyAnythingMatters() {
    assertThat(mean(1, 10_000) / mean(50, 10_000)).isCloseTo(1, within(0.05));
  }
}
