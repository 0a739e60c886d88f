package io.weir.operators.recommendation.shard;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.operators.recommendation.ranking.Ranking;
import io.weir.operators.recommendation.rules.Learning;
import io.weir.operators.recommendation.rules.Scoring;
import io.weir.operators.recommendation.shard.MovieLens.Rating;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real ratings, in the order of their times, against answers that are known. */
class MovieLensTest {

  private static final int SHARDS = 4;

  @Test
  void countsItemsAndPairsExactly() throws IOException {
    SequentialModel model = new SequentialModel(SHARDS, Learning.EXACT, Scoring.PLAIN);

    for (Rating rating : MovieLens.ratings()) {
      model.learn(rating.user(), rating.item(), rating.weight(), 1000 * rating.seconds());
    }

    assertThat(model.pairUpdates()).isEqualTo(25_313_236);
    for (String[] answer : MovieLens.itemCounts()) {
      Shard shard = owner(model, Long.parseLong(answer[0]));
      int index = shard.items().indexOf(Long.parseLong(answer[0]));
      assertThat(shard.items().count(index)).isEqualTo((double) Long.parseLong(answer[1]));
      assertThat(shard.items().events(index)).isEqualTo(Long.parseLong(answer[2]));
    }
    assertNeighbours(model);
    assertPairs(model);
  }

  private static Shard owner(SequentialModel model, long item) {
    return model.shards()[new Shards(SHARDS).of(item)];
  }

  private static void assertNeighbours(SequentialModel model) throws IOException {
    Ranking[][] neighbours = new Ranking[SHARDS][];
    for (Shard shard : model.shards()) {
      neighbours[shard.number()] = new Sweep(shard).neighbours(20);
    }
    List<String[]> answers = MovieLens.neighbours();
    assertThat(answers).hasSizeGreaterThan(100_000);
    for (String[] answer : answers) {
      Shard shard = owner(model, Long.parseLong(answer[0]));
      int index = shard.items().indexOf(Long.parseLong(answer[0]));
      long other = Long.parseLong(answer[2]);
      Ranking found = neighbours[shard.number()][index];
      int rank = Integer.parseInt(answer[1]) - 1;
      Sweep sweep = new Sweep(shard);
      assertThat(found.scores()[rank]).isCloseTo(Double.parseDouble(answer[6]), within(1e-9));
      assertThat(sweep.pairCount(index, other)).isEqualTo((double) Long.parseLong(answer[3]));
      assertThat(sweep.itemCount(other)).isEqualTo((double) Long.parseLong(answer[5]));
    }
  }

  private static void assertPairs(SequentialModel model) {
    long[] sums = new long[2];
    for (Shard shard : model.shards()) {
      for (long item : shard.columns().items(Kind.SIMILARITY)) {
        requireNonNull(shard.column(Kind.SIMILARITY, item))
            .each(
                (index, count) -> {
                  sums[0]++;
                  sums[1] += (long) count;
                });
      }
    }
    // Each pair stands in the columns of both of its items.
    assertThat(sums[0]).isEqualTo(2 * 10_987_079L);
    assertThat(sums[1]).isEqualTo(2 * 142_901_644L);
  }
}
