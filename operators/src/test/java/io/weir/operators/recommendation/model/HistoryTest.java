package io.weir.operators.recommendation.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.recommendation.rules.Learning;
import io.weir.operators.recommendation.rules.Scoring;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class HistoryTest {

  @Test
  void teachesTheDifferenceWhenAnActionRaisesAWeight() {
    History history = new History();
    history.add(1, 2, 0);
    history.add(2, 5, 0);
    history.add(3, 4, 0);

    Step raised = history.step(2, 9, 0, Learning.EXACT, Scoring.PLAIN);
    Step lower = history.step(1, 1, 0, Learning.EXACT, Scoring.PLAIN);

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

    Step step = history.step(3, 4, 0, Learning.EXACT, Scoring.PLAIN);

    assertThat(step.isNew()).isTrue();
    assertThat(step.past()).containsExactly(1, 2);
    assertThat(step.growth()).containsExactly(2, 4);
    assertThat(step.recent()).containsExactly(2, 1);
    assertThat(step.recentAfter()).containsExactly(3, 2, 1);
  }

  @Test
  void pairsNoMoreThanTheLatestItemsWhereThatIsBounded() {
    History history = new History();
    for (int item = 1; item <= 5; item++) {
      history.add(item, 1, 0);
    }

    assertThat(history.growth(9, 0, 1, 2)).containsExactly(0, 0, 0, 1, 1);
  }

  @Test
  void makesAnItemTheLatestOneAndForgetsTheOldest() {
    History history = new History();
    for (int item = 1; item <= 4; item++) {
      history.add(item, item, 3);
    }

    history.add(2, 1, 3);

    assertThat(history.size()).isEqualTo(3);
    assertThat(history.latestItems(9)).containsExactly(2, 4, 3);
    assertThat(history.weightOf(2)).isEqualTo(2);
    assertThat(history.weightOf(1)).isZero();
    assertThat(history.actions()).isEqualTo(5);
  }

  @Test
  void putsARepeatedItemFirstAmongTheLatestOnesOnce() {
    History history = new History();
    history.add(1, 1, 0);
    history.add(2, 1, 0);
    history.add(3, 1, 0);

    Step step = history.step(1, 7, 0, Learning.EXACT, Scoring.PLAIN);

    assertThat(step.recentAfter()).containsExactly(1, 3, 2);
    assertThat(step.recentWeightsAfter(7)).containsExactly(7, 1, 1);
  }

  @Test
  void comesBackFromItsBytesAsItWas() throws IOException {
    History history = new History();
    for (int item = 0; item < 30; item++) {
      history.add(item, 1 + item % 3, 20);
    }
    DataOutputSerializer out = new DataOutputSerializer(64);

    HistorySerializer.INSTANCE.serialize(history, out);
    History read =
        HistorySerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

    assertThat(read.latestItems(99)).isEqualTo(history.latestItems(99));
    assertThat(read.latestWeights(99)).isEqualTo(history.latestWeights(99));
    assertThat(read.actions()).isEqualTo(30);
  }
}
