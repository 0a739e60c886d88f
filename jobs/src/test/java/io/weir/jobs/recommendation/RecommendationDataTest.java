package io.weir.jobs.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.jobs.local.LocalCluster;
import io.weir.operators.recommendation.quality.RecommendationTotals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.configuration.CheckpointingOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Real ratings, whose counts, similarities and hit rates are known. */
@Timeout(600)
class RecommendationDataTest {

  private static final String PLAIN =
      """
      scoring: {recent: 10, recency: 0, by-weight: true, similarity: 1, sequence: 0,
                popularity: 0}
      learning: {sequence-steps: 0, history: 0}
      """;

  /** The hit rate of what is shipped, by the sequential protocol. */
  private static final double SEQUENTIAL = 0.1365;

  private static LocalCluster cluster;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    MovieLens.ratings();
    cluster =
        LocalCluster.start(
            RecommendationRun.profile()
                // For the job that fails; all pairs are in each checkpoint.
                .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(4)));
  }

  @AfterAll
  static void stop() throws IOException {
    // Skipped where there is no data, and then there is no cluster either.
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void countsItemsAndPairsExactlyThroughTwoFailures() throws Exception {
    RecommendationRun run = new RecommendationRun(folder);
    FailingRows.FAILURES.set(2);
    FailingRows.RESTORED.set(0);

    RecommendationTotals totals =
        run.runFailing(
            cluster,
            2,
            MovieLens.settings()
                + """
                top: 0
                model: {neighbours: 0, dump: "%s"}
                initial-configuration: "%s"
                """
                    .formatted(folder.resolve("model"), run.rules(PLAIN)));

    assertThat(FailingRows.FAILURES.get()).isZero();
    assertThat(FailingRows.RESTORED.get()).isEqualTo(4); // Two subtasks, twice.
    assertThat(totals.events()).isEqualTo(MovieLens.EVENTS);
    assertThat(totals.pairs()).isEqualTo(MovieLens.PAIR_UPDATES);
    assertModel(run);
    assertThat(run.deadLetters()).isEmpty();
  }

  static void assertModel(RecommendationRun run) throws IOException {
    Map<String, String[]> items = new HashMap<>();
    run.dumped("item-counts").forEach(row -> items.put(row[0], row));
    List<String[]> counts = MovieLens.itemCounts();
    assertThat(items).hasSameSizeAs(counts);
    for (String[] answer : counts) {
      String[] row = Objects.requireNonNull(items.get(answer[0]), answer[0]);
      assertThat(Double.parseDouble(row[1])).isEqualTo(Double.parseDouble(answer[1]));
      assertThat(row[2]).isEqualTo(answer[2]);
    }
    Map<String, String[]> neighbours = new HashMap<>();
    run.dumped("neighbours").forEach(row -> neighbours.put(row[0] + "#" + row[1], row));
    List<String[]> answers = MovieLens.neighbours();
    assertThat(neighbours).hasSameSizeAs(answers);
    for (String[] answer : answers) {
      String place = answer[0] + "#" + answer[1];
      String[] row = Objects.requireNonNull(neighbours.get(place), place);
      assertThat(Double.parseDouble(row[6]))
          .as(place)
          .isCloseTo(Double.parseDouble(answer[6]), within(1e-9));
    }
  }

  /** Counts and similarities of the model itself are known from each build: MovieLensTest. */
  @Test
  @EnabledIfSystemProperty(
      named = "weir.soak",
      matches = "true",
      disabledReason = "takes a minute, for one subtask does it all")
  void judgesPlainFilteringAsItIsKnownToBe() throws Exception {
    RecommendationRun run = new RecommendationRun(folder);

    RecommendationTotals totals =
        run.run(
            cluster,
            1,
            MovieLens.settings()
                + """
                prequential: true
                top: 0
                window: 1d
                model: {dump: "%s"}
                initial-configuration: "%s"
                """
                    .formatted(folder.resolve("model"), run.rules(PLAIN)));

    assertThat(totals.quality().evaluated()).isEqualTo(MovieLens.EVALUATED);
    assertThat(totals.quality().hitRate()).isCloseTo(0.0911, within(0.0005));
    assertModel(run);
    assertThat(run.table("quality").stream().mapToLong(row -> row.get("evaluated").asLong()).sum())
        .isEqualTo(MovieLens.EVALUATED);
  }

  @Test
  @EnabledIfSystemProperty(
      named = "weir.soak",
      matches = "true",
      disabledReason = "judges every rating by every item")
  void recommendsBetterByDefaultAndNearlyTheSameAtParallelismFour() throws Exception {
    RecommendationRun run = new RecommendationRun(folder);

    RecommendationTotals totals =
        run.run(
            cluster,
            4,
            MovieLens.settings()
                + """
                prequential: true
                top: 0
                model: {neighbours: 0, dump: "%s"}
                """
                    .formatted(folder.resolve("model")));

    assertThat(totals.quality().evaluated()).isEqualTo(MovieLens.EVALUATED);
    assertThat(totals.quality().hitRate()).isCloseTo(SEQUENTIAL, within(0.005)).isGreaterThan(0.13);
    assertThat(totals.pairs()).isEqualTo(MovieLens.PAIR_UPDATES);
    assertModel(run);
  }
}
