package io.weir.jobs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WeirJobTest {

  @Test
  void anUnknownJobIsTheMessageOfTheException() {
    assertThatThrownBy(() -> WeirJob.main(new String[] {"nothing"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown job 'nothing'; allowed: ");
  }

  @Test
  void aStoreBesideTheJobIsForOneMachine() {
    List<String> arguments =
        List.of(
            "analytics",
            "--set=source={generator: {}}",
            "--set=window={tumbling: 1min}",
            "--set=aggregates={rows: count}",
            "--set=sink={print: {}}",
            "--set=store={embedded: true}");

    assertThatThrownBy(() -> WeirJob.main(arguments.toArray(String[]::new)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("store.embedded: is for ./weir run");
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
