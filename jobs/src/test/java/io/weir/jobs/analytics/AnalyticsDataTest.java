package io.weir.jobs.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.jobs.analytics.AnalyticsRun.Output;
import io.weir.jobs.local.LocalCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.datasketches.kll.KllSketch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log that nobody here wrote, with the exact answers that stand beside it. */
@Timeout(120)
class AnalyticsDataTest {

  private static LocalCluster cluster;
  private static ApacheAnswers answers;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    answers = ApacheAnswers.read();
    cluster = LocalCluster.start(AnalyticsRun.profile());
  }

  @AfterAll
  static void stop() throws IOException {
    // Skipped where there is no data, and then there is no cluster either.
    if (cluster != null) {
      cluster.close();
    }
  }

  private Output run(int parallelism, String plan) throws Exception {
    String input =
        """
        source: {file: {path: "%s", format: apache-combined}}
        time: {field: time, lateness: 60s}
        """
            .formatted(answers.log());
    Output output = AnalyticsRun.run(cluster, folder, parallelism, input + plan);
    assertTheBrokenLineAlone(output.deadLetters());
    return output;
  }

  private static void assertTheBrokenLineAlone(List<JsonNode> letters) {
    assertThat(letters)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.get("reason").asText()).isEqualTo("broken");
              assertThat(letter.get("position").asLong()).isEqualTo(8899);
              assertThat(letter.get("origin").asText()).isEqualTo(answers.log().toString());
              assertThat(letter.get("text").asText()).isEqualTo(answers.line(8899));
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void givesTheAnswerOfEveryMinute(int parallelism) throws Exception {
    Output output =
        run(
            parallelism,
            """
            window: {tumbling: 1min}
            aggregates:
              requests: count
              hosts: count_distinct(host)
              bytes: sum(bytes)
              p95: quantile(bytes, 0.95)
            """);

    assertThat(output.rows())
        .extracting(row -> text(row, "window_start", "requests", "hosts", "bytes", "p95"))
        .containsExactlyInAnyOrderElementsOf(answers.minutes(0, 1, 2, 3, 4));
    assertThat(output.rows()).allMatch(row -> row.get("version").asLong() == 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void givesTheServerErrorsOfEveryMinuteByACondition(int parallelism) throws Exception {
    Output output =
        run(
            parallelism,
            """
            where: status >= 500
            window: {tumbling: 1min}
            aggregates: {errors: count}
            """);

    assertThat(output.rows())
        .extracting(row -> text(row, "window_start", "errors"))
        .containsExactlyInAnyOrderElementsOf(
            answers.minutes(0, 5).stream().filter(line -> !line.endsWith(",0")).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void givesTheClientErrorsOfEveryMinuteByGroups(int parallelism) throws Exception {
    Output output =
        run(
            parallelism,
            """
            group-by: [status]
            window: {tumbling: 1min}
            aggregates: {requests: count}
            """);

    Map<String, Long> errors = new TreeMap<>();
    for (JsonNode row : output.rows()) {
      long clientErrors = row.get("status").asLong() / 100 == 4 ? row.get("requests").asLong() : 0;
      errors.merge(row.get("window_start").asText(), clientErrors, Long::sum);
    }
    assertThat(errors.entrySet())
        .extracting(entry -> entry.getKey() + "," + entry.getValue())
        .containsExactlyElementsOf(answers.minutes(0, 6));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void givesTheTenMostFrequentUrlsOfEveryHour(int parallelism) throws Exception {
    Output output =
        run(
            parallelism,
            """
            window: {tumbling: 1h}
            aggregates: {top: "top(url, 10)"}
            """);

    List<String> ranks = new ArrayList<>();
    for (JsonNode row : output.rows()) {
      int rank = 0;
      for (JsonNode entry : row.get("top")) {
        ranks.add(
            "%s,%d,\"%s\",%d"
                .formatted(
                    row.get("window_start").asText(),
                    ++rank,
                    entry.get("value").asText(),
                    entry.get("count").asLong()));
      }
    }
    assertThat(ranks).containsExactlyInAnyOrderElementsOf(answers.hourlyTopUrls());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void findsEverySession(int parallelism) throws Exception {
    Output output =
        run(
            parallelism,
            """
            group-by: [host]
            window: {session: 30min}
            aggregates: {requests: count}
            """);

    assertThat(output.rows()).hasSize(3_052);
    assertThat(output.rows().stream().map(row -> row.get("host").asText()).distinct())
        .hasSize(1_753);
    assertThat(output.rows().stream().mapToLong(row -> row.get("requests").asLong()).sum())
        .isEqualTo(9_999);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void approximatesWithinThePublishedBounds(int parallelism) throws Exception {
    Output output =
        run(
            parallelism,
            """
            window: {tumbling: 60d}
            aggregates:
              hosts: count_distinct(host)
              about-hosts: approx_count_distinct(host)
              bytes: sum(bytes)
              p95: quantile(bytes, 0.95)
              about-p10: approx_quantile(bytes, 0.1)
              about-p50: approx_quantile(bytes, 0.5)
              about-p95: approx_quantile(bytes, 0.95)
              about-top: approx_top(url, 20)
            """);

    assertThat(output.rows()).hasSize(1);
    JsonNode row = output.rows().get(0);
    assertThat(text(row, "hosts", "bytes", "p95")).isEqualTo("1753,2747282505,131072");
    // HyperLogLog: standard error 1.04 / sqrt(registers); three of them.
    assertThat(row.get("about-hosts").asDouble())
        .isCloseTo(1753, within(3 * 1.04 / Math.sqrt(1 << 14) * 1753));
    assertRank(row.get("about-p10").asLong(), 0.1);
    assertRank(row.get("about-p50").asLong(), 0.5);
    assertRank(row.get("about-p95").asLong(), 0.95);
    assertTop(row.get("about-top"));
  }

  private static void assertRank(long value, double q) {
    // The published error holds for 99 of 100; twice as much is five standard deviations.
    double tolerance = 2 * KllSketch.getNormalizedRankError(400, false);
    assertThat(answers.shareOfBytesBelow(value)).isLessThanOrEqualTo(q + tolerance);
    assertThat(answers.shareOfBytesBelow(value + 1)).isGreaterThanOrEqualTo(q - tolerance);
  }

  private static void assertTop(JsonNode top) {
    // A count is too high by at most 3.5 / 4,096 of all, and nothing more frequent is left out.
    long error = (long) (3.5 / 4096 * 9_999);
    Map<String, Long> exact = answers.urls();
    Map<String, Long> listed = new HashMap<>();
    top.forEach(entry -> listed.put(entry.get("value").asText(), entry.get("count").asLong()));

    assertThat(listed).hasSize(20);
    listed.forEach(
        (url, count) -> {
          long asked = exact.getOrDefault(url, 0L);
          assertThat(count).as(url).isBetween(asked, asked + error);
        });
    long least = Collections.min(listed.values());
    exact.forEach((url, asked) -> assertThat(asked > least && !listed.containsKey(url)).isFalse());
  }

  private static String text(JsonNode row, String... columns) {
    List<String> values = new ArrayList<>();
    for (String column : columns) {
      values.add(row.get(column).asText());
    }
    return String.join(",", values);
  }
}
