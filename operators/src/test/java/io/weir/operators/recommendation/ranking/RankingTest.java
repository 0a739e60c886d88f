package io.weir.operators.recommendation.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {

  @Test
  void keepsTheBestWhateverTheirOrderAndTheSmallerItemOfEqualScores() {
    Random random = new Random(3);
    int[] items = IntStream.range(0, 500).toArray();
    for (int i = items.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
    Ranking.Best best = new Ranking.Best(4);

    for (int item : items) {
      int score = item / 2; // the same for two items
      if (best.admits(score)) {
        best.offer(item, score);
      }
    }

    assertThat(best.ranking().items()).containsExactly(498, 499, 496, 497);
    assertThat(best.ranking().rankOf(496)).isEqualTo(2);
    assertThat(best.ranking().rankOf(0)).isEqualTo(-1);
  }

  @Test
  void takesNothingWhereNothingIsWanted() {
    assertThat(new Ranking.Best(0).admits(1)).isFalse();
  }
}
