package io.weir.jobs.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.jobs.settings.InvalidSettingsException;
import io.weir.jobs.settings.Problems;
import java.time.Duration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class GeneratorSettingsTest {

  @Test
  void readsEverything() {
    GeneratorSettings settings =
        Settings.of(
            "seed=-4",
            "rate=[{for: 60s, rate: 1000}, {for: 5s, rate: 20000}]",
            "pauses=[{after: 9, for: 2d}, {after: 5, for: 1h}]",
            "ahead={share: 0.1, by: 1d, bursts: {after: 7, events: 50}}",
            "pace=real-time");

    assertThat(settings.seed()).isEqualTo(-4);
    assertThat(settings.rate().millisOf(60_000 + 100_000)).isEqualTo(65_000);
    assertThat(settings.pauses())
        .containsExactly(
            new GeneratorSettings.Pause(5, Duration.ofHours(1)),
            new GeneratorSettings.Pause(9, Duration.ofDays(2)));
    assertThat(settings.ahead().bursts()).containsExactly(new GeneratorSettings.Burst(7, 50));
    assertThat(settings.isBounded()).isFalse();
  }

  @Test
  void reportsAllMistakesTogether() {
    Problems problems = new Problems();
    Settings.read(
        problems,
        "rate=[{for: 0s, rate: 0}]",
        "start=tomorrow",
        "broken=0.6",
        "late=0.6",
        "pauses=[{after: 1, during: 2d}]",
        "color=red");

    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("rate.for: must be a duration longer than nothing")
        .hasMessageContaining("rate: at least one step needs a rate above 0")
        .hasMessageContaining("start: must be an instant")
        .hasMessageContaining("broken: the shares of bad events add up to more than 1")
        .hasMessageContaining("pauses.for: is missing")
        .hasMessageContaining("pauses.during: is unknown")
        .hasMessageContaining("color: is unknown");
  }

  @Test
  void boundsTheAmplitudeByTheBase() {
    assertThatThrownBy(() -> Settings.of("rate={base: 10, amplitude: 11, period: 1s}"))
        .hasMessageContaining("rate.amplitude: must be a number from 0.0 to 10.0");
  }

  @Test
  void travelsToTheCluster() throws Exception {
    GeneratorSettings settings = Settings.of("rate={base: 10, amplitude: 10, period: 1s}");

    GeneratorSettings copy = InstantiationUtil.clone(settings);

    assertThat(new Account(copy).timeMillis(12_345))
        .isEqualTo(new Account(settings).timeMillis(12_345));
  }
}
