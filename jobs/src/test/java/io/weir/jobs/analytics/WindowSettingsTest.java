package io.weir.jobs.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.jobs.settings.InvalidSettingsException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowSettingsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{tumbling: 0s} | window.tumbling: must be a duration longer than nothing",
        "{tumbling: soon} | window.tumbling: must be a duration longer than nothing",
        "{session: 0s} | window.session: must be a duration longer than nothing",
        "{hopping: {size: 0s, every: 1s}} | window.hopping.size: must be a duration longer",
        "{hopping: {size: 1h, every: 0s}} | window.hopping.every: must be a duration longer",
        "{hopping: {size: 1h}} | window.hopping.every: is missing",
        "{hopping: {size: 1h, every: 2h}} | window.hopping.every: a hopping window of PT1H every",
        "{tumbling: 1s, session: 1s} | window: must hold exactly one of tumbling, hopping, session",
        "{} | window: must hold exactly one of tumbling, hopping, session, but holds nothing"
      })
  void aWindowThatCannotBeIsToldOnce(String window, String problem) {
    String settings =
        """
        source: {generator: {}}
        window: %s
        aggregates: {rows: count}
        sink: {print: {}}
        """
            .formatted(window);

    assertThatThrownBy(() -> AnalyticsRun.prepare(folder, settings))
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e -> assertThat(e.problems()).singleElement().asString().contains(problem));
  }
}
