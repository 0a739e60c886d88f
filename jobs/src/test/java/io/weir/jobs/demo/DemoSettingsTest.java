package io.weir.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.jobs.Jobs;
import io.weir.jobs.generator.Account;
import io.weir.jobs.launch.Launcher;
import io.weir.jobs.settings.InvalidSettingsException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoSettingsTest {

  private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

  private final DemoSettings settings = new DemoSettings(new Launcher(Jobs.all(), name -> null));

  @Test
  void theFilesAreSettingsAsTheyStand() throws Exception {
    assertThat(settings.generator(List.of())).isNotNull();
    assertThatThrownBy(() -> settings.analytics(List.of()))
        .as("all but the store, which the demo starts")
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("store.file")
        .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1));
  }

  @Test
  void theGeneratorMakesAllEventsThatAreDueWithinATime() throws Exception {
    Account account = DemoSettings.account(START);

    int events = DemoSettings.eventsWithin(account, Duration.ofSeconds(60));

    long end = START.plusSeconds(60).toEpochMilli();
    assertThat(account.arrivalMillis(0)).isEqualTo(START.toEpochMilli());
    assertThat(account.arrivalMillis(events - 1)).isLessThan(end);
    assertThat(account.arrivalMillis(events)).isGreaterThanOrEqualTo(end);
    assertThat(events).isBetween(89_000, 91_000);
  }

  @Test
  void theLatenessFitsTheDisorder() throws Exception {
    Account account = DemoSettings.account(START);
    long lateness = DemoSettings.lateness().toMillis();

    long largest = 0;
    for (int i = 0; i < 20_000; i++) {
      long time = account.timeMillis(i);
      if (account.kindOf(i) == Account.Kind.GOOD || account.kindOf(i) == Account.Kind.DUPLICATE) {
        assertThat(time).isGreaterThanOrEqualTo(largest - lateness);
        largest = Math.max(largest, time);
      }
    }
  }
}
