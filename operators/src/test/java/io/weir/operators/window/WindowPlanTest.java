package io.weir.operators.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Schema;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowPlanTest {

  private static final Windowing MINUTES = Windowing.tumbling(Duration.ofMinutes(1));

  @Test
  void resultsHaveTheWindowTheGroupTheAggregatesAndTheVersion() {
    assertThat(Clicks.plan(MINUTES, PreAggregation.OFF).results(Clicks.SCHEMA).schema())
        .isEqualTo(
            Schema.of(
                new Column("window_start", ColumnType.TIME),
                new Column("window_end", ColumnType.TIME),
                new Column("page", ColumnType.STRING),
                new Column("clicks", ColumnType.LONG),
                new Column("bytes", ColumnType.LONG),
                new Column("median", ColumnType.LONG),
                new Column("version", ColumnType.LONG),
                new Column("since_version", ColumnType.LONG)));
  }

  @Test
  void refusesColumnsOfTheSameName() {
    NamedAggregate count = NamedAggregate.of("n", "count");
    assertThatThrownBy(() -> new WindowPlan(List.of("version"), MINUTES, List.of(count)))
        .hasMessageContaining("named version, by the group column");
    assertThatThrownBy(() -> new WindowPlan(List.of("n"), MINUTES, List.of(count)))
        .hasMessageContaining("named n, by the aggregate");
    assertThatThrownBy(() -> new WindowPlan(List.of(), MINUTES, List.of()))
        .hasMessageContaining("at least one aggregate");
    assertThatThrownBy(
            () ->
                new WindowPlan(List.of("no"), MINUTES, List.of(count))
                    .results(Clicks.SCHEMA)
                    .schema())
        .hasMessageContaining("no column no in [bytes, page]");
  }

  @Test
  void refusesWindowsThatMakeNoSense() {
    assertThatThrownBy(() -> Windowing.tumbling(Duration.ZERO))
        .hasMessage("the size of a tumbling window is 0 ms; it must be above 0");
    assertThatThrownBy(() -> Windowing.session(Duration.ofMillis(-1)))
        .hasMessage("the gap of a session window is -1 ms; it must be above 0");
    assertThatThrownBy(() -> Windowing.hopping(Duration.ofMinutes(1), Duration.ofMinutes(2)))
        .hasMessage(
            "a hopping window of PT1M every PT2M would leave rows out; every is at most the size");
    assertThatThrownBy(() -> Windowing.hopping(Duration.ofHours(1), Duration.ofMillis(7)))
        .hasMessage(
            "a hopping window of PT1H every PT0.007S consists of 3600000 slices of PT0.001S,"
                + " their greatest common divisor; at most 10000 are allowed");
    assertThatThrownBy(() -> new PreAggregation(0, 1)).hasMessageContaining("must be above 0");
  }
}
