package io.weir.operators.epoch.operator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.epoch.EpochSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EpochModesTest {

  private static final EpochSettings FOLLOWING =
      EpochSettings.following(
          "job",
          () -> {
            throw new IllegalStateException("nobody opens the store while a graph is built");
          });
  private static final Map<String, String> USABLE =
      Map.of("execution.checkpointing.interval", "10s");

  static Stream<Arguments> modesThatCannotKeepAnEpoch() {
    return Stream.of(
        Arguments.of("execution.runtime-mode", "BATCH", "set STREAMING"),
        Arguments.of("execution.runtime-mode", "AUTOMATIC", "set STREAMING"),
        Arguments.of("execution.checkpointing.mode", "AT_LEAST_ONCE", "set EXACTLY_ONCE"),
        Arguments.of("execution.checkpointing.unaligned.enabled", "true", "set false"),
        Arguments.of("execution.checkpointing.max-concurrent-checkpoints", "2", "set 1"));
  }

  @ParameterizedTest
  @MethodSource("modesThatCannotKeepAnEpoch")
  void refusesAModeWithTheOptionAndWhatToSet(String option, String value, String advice) {
    StreamExecutionEnvironment env = environment(usableBut(option, value));

    assertThatThrownBy(() -> Epochs.of(env, FOLLOWING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(option)
        .hasMessageContaining(advice);
  }

  @Test
  void refusesAJobWithoutCheckpoints() {
    assertThatThrownBy(() -> Epochs.of(environment(Map.of()), FOLLOWING))
        .hasMessageContaining("execution.checkpointing.interval is not set");
  }

  @Test
  void namesAllOptionsThatAreInTheWay() {
    StreamExecutionEnvironment env =
        environment(
            Map.of(
                "execution.runtime-mode", "BATCH",
                "execution.checkpointing.unaligned.enabled", "true"));

    assertThatThrownBy(() -> Epochs.of(env, FOLLOWING))
        .hasMessageContaining("execution.runtime-mode")
        .hasMessageContaining("execution.checkpointing.unaligned.enabled")
        .hasMessageContaining("execution.checkpointing.interval");
  }

  @Test
  void takesAnyModeWhereTheConfigurationNeverChanges() {
    StreamExecutionEnvironment env = environment(Map.of("execution.runtime-mode", "BATCH"));

    assertThatCode(() -> Epochs.of(env, EpochSettings.fixed("job", "{}")))
        .doesNotThrowAnyException();
    assertThatCode(() -> Epochs.of(environment(USABLE), FOLLOWING)).doesNotThrowAnyException();
  }

  private static Map<String, String> usableBut(String option, String value) {
    Map<String, String> options = new HashMap<>(USABLE);
    options.put(option, value);
    return options;
  }

  private static StreamExecutionEnvironment environment(Map<String, String> options) {
    return StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(options));
  }
}
