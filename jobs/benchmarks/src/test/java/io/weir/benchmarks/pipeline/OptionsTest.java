package io.weir.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.benchmarks.pipeline.sides.Contender;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  @Test
  void comparesAllSystemsUnlessToldOtherwise() {
    Options options = Options.parse(List.of());

    assertThat(options.systems()).containsExactly(Contender.values());
    assertThat(options.grow()).isFalse();
  }

  @Test
  void takesNumbersAndSystems() {
    Options options =
        Options.parse(List.of("--events", "1_000_000", "--only", "spark,weir", "--rounds", "3"));

    assertThat(options.setting().events()).isEqualTo(1_000_000);
    assertThat(options.systems()).containsExactly(Contender.SPARK, Contender.WEIR);
    assertThat(options.rounds()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--keys 0        | --keys must be a whole number from 1 to 1000000, not 0",
        "--keys          | --keys needs a value",
        "--only storm    | there is no system storm; allowed: weir, flink_sql, spark",
        "--plot x.png    | --plot draws growth: say --grow, too",
        "3               | takes [--events N]"
      })
  void saysWhatIsWrongWithArguments(String arguments, String message) {
    assertThatThrownBy(() -> Options.parse(List.of(arguments.strip().split(" "))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
