package io.weir.jobs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WeirJobTest {

  @Test
  void anUnknownJobIsTheMessageOfTheException() {
    assertThatThrownBy(() -> WeirJob.main(new String[] {"nothing"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown job 'nothing'; allowed: ");
  }

  @Test
  void wrongArgumentsAreTheMessageOfTheException() {
    assertThatThrownBy(() -> WeirJob.main(new String[] {"x", "--setings", "f"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Unknown options: '--setings', 'f';"
                + " expected <job> [--settings FILE] [--set PATH=VALUE]...");
    assertThatThrownBy(() -> WeirJob.main(new String[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Missing required parameter: '<job>'; expected ");
  }
}
