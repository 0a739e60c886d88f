package io.weir.operators.recommendation.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.recommendation.model.History;
import io.weir.operators.recommendation.rules.Learning;
import io.weir.operators.recommendation.rules.Scoring;
import org.junit.jupiter.api.Test;

class StepTest {

  @Test
  void teachesTheDifferenceWhenAnActionRaisesAWeight() {
    History history = new History();
    history.add(1, 2, 0);
    history.add(2, 5, 0);
    history.add(3, 4, 0);

    Step raised = Step.of(history, 2, 9, 0, Learning.EXACT, Scoring.PLAIN);
    Step lower = Step.of(history, 1, 1, 0, Learning.EXACT, Scoring.PLAIN);

    assertThat(raised.isNew()).isFalse();
    assertThat(raised.gain()).isEqualTo(4);
    assertThat(raised.past()).containsExactly(1, 3);
    assertThat(raised.growth()).containsExactly(0, 0);
    assertThat(lower.gain()).isZero();
    assertThat(lower.growth()).containsExactly(0, 0);
  }

  @Test
  void pairsANewItemByTheSmallerWeight() {
    History history = new History();
    history.add(1, 2, 0);
    history.add(2, 9, 0);

    Step step = Step.of(history, 3, 4, 0, Learning.EXACT, Scoring.PLAIN);

    assertThat(step.isNew()).isTrue();
    assertThat(step.past()).containsExactly(1, 2);
    assertThat(step.growth()).containsExactly(2, 4);
    assertThat(step.recent()).containsExactly(2, 1);
    assertThat(step.recentAfter()).containsExactly(3, 2, 1);
  }

  @Test
  void putsARepeatedItemFirstAmongTheLatestOnesOnce() {
    History history = new History();
    history.add(1, 1, 0);
    history.add(2, 1, 0);
    history.add(3, 1, 0);

    Step step = Step.of(history, 1, 7, 0, Learning.EXACT, Scoring.PLAIN);

    assertThat(step.recentAfter()).containsExactly(1, 3, 2);
    assertThat(step.recentWeightsAfter(7)).containsExactly(7, 1, 1);
  }
}
