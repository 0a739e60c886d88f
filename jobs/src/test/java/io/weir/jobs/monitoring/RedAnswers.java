package io.weir.jobs.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.jobs.monitoring.TrainTicket.Cell;
import io.weir.jobs.monitoring.TrainTicket.Red;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares the tables of a run over all of the recorded spans with the exact answers. */
final class RedAnswers {

  private static final int SPANS = 321_068;
  private static final int CELLS = 2_774;
  private static final int CALLS = 50_654;

  private RedAnswers() {}

  /**
   * Compares all tables.
   *
   * @param error of quantiles, relative; 0: they must be equal
   */
  static void assertAll(MonitoringRun run, double error) throws IOException {
    assertServices(run.table("red_by_service"), error);
    assertThat(sum(run.table("red_by_operation"), "calls")).isEqualTo(SPANS);
    assertEdges(run.table("red_by_edge"));
  }

  private static void assertServices(List<JsonNode> rows, double error) throws IOException {
    Map<Cell, Red> answers = TrainTicket.services();
    assertThat(rows).hasSize(CELLS).hasSameSizeAs(answers.keySet());
    assertThat(sum(rows, "calls")).isEqualTo(SPANS);
    for (JsonNode row : rows) {
      Cell cell = new Cell(row.get("window_start").asText(), row.get("service").asText());
      Red answer = Objects.requireNonNull(answers.get(cell), cell.toString());
      assertThat(row.get("calls").asLong()).as("%s", cell).isEqualTo(answer.spans());
      assertThat(row.get("duration_sum_us").asLong()).as("%s", cell).isEqualTo(answer.sum());
      assertThat(row.get("max_us").asLong()).as("%s", cell).isEqualTo(answer.max());
      assertThat(row.get("errors").asLong()).isZero();
      assertQuantile(row, "p50_us", answer.p50(), error);
      assertQuantile(row, "p95_us", answer.p95(), error);
      assertQuantile(row, "p99_us", answer.p99(), error);
    }
  }

  private static void assertQuantile(JsonNode row, String column, long answer, double error) {
    assertThat(row.get(column).asDouble())
        .as("%s of %s", column, row)
        .isCloseTo((double) answer, within(error * answer));
  }

  private static void assertEdges(List<JsonNode> rows) throws IOException {
    Map<String, Long> edges = new HashMap<>();
    for (JsonNode row : rows) {
      String edge = row.get("caller").asText() + " > " + row.get("callee").asText();
      edges.merge(edge, row.get("calls").asLong(), Long::sum);
    }
    assertThat(edges).containsExactlyInAnyOrderEntriesOf(TrainTicket.edges());
    assertThat(sum(rows, "calls")).isEqualTo(CALLS);
  }

  private static long sum(List<JsonNode> rows, String column) {
    return rows.stream().mapToLong(row -> row.get(column).asLong()).sum();
  }
}
