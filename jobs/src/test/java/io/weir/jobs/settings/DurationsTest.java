package io.weir.jobs.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "30s, PT30S",
    "5 min, PT5M",
    "1h, PT1H",
    "2d, PT48H",
    "0s, PT0S",
    "' 7s ', PT7S",
    "3650000d, PT87600000H"
  })
  void readsANumberAndAUnit(String text, Duration expected) {
    assertThat(Durations.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "10",
        "-1s",
        "1.5s",
        "1S",
        "1 week",
        "1s 2ms",
        "3650001d",
        "999999999999d",
        "1234567890123s"
      })
  void takesNothingElse(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }
}
