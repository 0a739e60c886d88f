package io.weir.operators.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EpochSettingsTest {

  // The longest that settings may say.
  private static final Duration LONGEST = Duration.ofDays(3_650_000);

  private final EpochSettings settings = EpochSettings.fixed("numbers", "{}");

  @Test
  void whatNanosecondsDoNotTellIsAsLongAsTheyTell() {
    assertThat(settings.withStartLimit(LONGEST).startLimitNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(settings.withMinDistance(LONGEST).minDistanceNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(settings.startLimitNanos()).isEqualTo(60_000_000_000L);
    assertThat(settings.minDistanceNanos()).isZero();
  }

  @Test
  void refusesWhatIsNegative() {
    assertThatThrownBy(() -> settings.withStartLimit(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-1S");
  }
}
