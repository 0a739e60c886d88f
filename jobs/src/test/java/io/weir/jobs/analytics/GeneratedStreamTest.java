package io.weir.jobs.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.analytics.AnalyticsRun.Output;
import io.weir.jobs.generator.Account.Kind;
import io.weir.jobs.local.LocalCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Streams with wrong clocks, pauses, disorder, late, repeated and broken events: not one good event
 * is lost, every other one becomes a dead letter. {@code -Dseed=} makes other events.
 */
@Timeout(120)
class GeneratedStreamTest {

  private static final long SEED = Long.getLong("seed", 7);
  private static final int EVENTS = 20_000;
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private static LocalCluster cluster;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start(AnalyticsRun.profile());
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 4"})
  void losesNothingWhenWrongClocksComeFirst(int parallelism, int lanes) throws Exception {
    GeneratedAnswers answers =
        assertExact(parallelism, lanes, "ahead: {by: 3d, bursts: [{after: 0, events: 50}]}");

    assertThat(answers.count(Kind.AHEAD)).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 4"})
  void losesNothingWhenWrongClocksComeInTheMiddle(int parallelism, int lanes) throws Exception {
    String scattered =
        "{after: 4000, events: 1}, {after: 4007, events: 2}, {after: 4011, events: 1}";
    assertExact(
        parallelism,
        lanes,
        "ahead: {by: 3d, bursts: [{after: 10000, events: 50}, " + scattered + "]}");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 4"})
  void followsAPauseOfTwoDays(int parallelism, int lanes) throws Exception {
    assertExact(parallelism, lanes, "pauses: [{after: 8000, for: 2d}]");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 4"})
  void followsAPauseJustBeforeTheEnd(int parallelism, int lanes) throws Exception {
    assertExact(parallelism, lanes, "pauses: [{after: 19960, for: 2d}]");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 4"})
  void tellsPausesFromWrongClocksAroundThem(int parallelism, int lanes) throws Exception {
    assertExact(
        parallelism,
        lanes,
        """
        pauses: [{after: 8000, for: 2d}, {after: 14000, for: 3h}]
            ahead:
              by: 9d
              bursts:
                - {after: 0, events: 50}
                - {after: 7950, events: 50}
                - {after: 8100, events: 30}
                - {after: 14000, events: 50}\
        """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{by: row, strategy: weighted-round-robin, weights: [1, 2, 3, 0]}",
        "{by: row, strategy: least-backlog}",
        "{by: group}",
        "{by: group, split-keys: true}"
      })
  void findsTheSameWhereRowsAreRouted(String routing) throws Exception {
    assertExact(4, 2, "pauses: [{after: 8000, for: 2d}]", "routing: " + routing + "\n");
  }

  private GeneratedAnswers assertExact(int parallelism, int lanes, String troubles)
      throws Exception {
    return assertExact(parallelism, lanes, troubles, "");
  }

  private GeneratedAnswers assertExact(int parallelism, int lanes, String troubles, String routing)
      throws Exception {
    String source =
        """
        source:
          generator:
            seed: %d
            events: %d
            lanes: %d
            rate: 100
            disorder: 5s
            duplicates: 0.03
            late: 0.03
            late-by: 1min
            broken: 0.03
            hosts: 500
            %s
        time: {lateness: 10s, idle: 10min}
        """
            .formatted(SEED, EVENTS, lanes, troubles);
    GeneratedAnswers answers = GeneratedAnswers.of(source, WINDOW, folder);

    Output output =
        AnalyticsRun.run(cluster, folder, parallelism, source + answers.plan() + routing);

    assertThat(output.deadLetters())
        .as("seed %d", SEED)
        .extracting(GeneratedAnswers::text)
        .containsExactlyInAnyOrderElementsOf(answers.deadLetters());
    assertThat(output.rows())
        .as("seed %d", SEED)
        .extracting(GeneratedAnswers::row)
        .containsExactlyInAnyOrderElementsOf(answers.rows());
    return answers;
  }
}
