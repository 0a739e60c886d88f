package io.weir.benchmarks.pipeline.totals;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultRowTest {

  /** As Weir, Flink SQL and Spark write the same row. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'window_start':'2026-01-01T00:00:10Z','window_end':'2026-01-01T00:00:20Z','url':'/a',"
            + "'requests':3,'bytes':10,'smallest':3,'largest':4,'average':3.5,'version':0}",
        "{'window_start':'2026-01-01T00:00:10','window_end':'2026-01-01T00:00:20','url':'/a',"
            + "'requests':3,'bytes':10,'smallest':3,'largest':4,'average':3.5}",
        "{'window_start':'2026-01-01T00:00:10.000Z','window_end':'2026-01-01T00:00:20.000Z',"
            + "'url':'/a','requests':3,'bytes':10,'smallest':3,'largest':4,'average':3.5}"
      })
  void readsTheRowsOfAllSystemsAlike(String row) throws IOException {
    ResultRow read = ResultRow.parse(row.replace('\'', '"').getBytes(StandardCharsets.UTF_8));

    assertThat(read).isEqualTo(new ResultRow(1_767_225_610_000L, "/a", new Sums(3, 10, 3, 4), 3.5));
  }
}
