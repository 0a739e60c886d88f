package io.weir.operators.recommendation.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class HistoryTest {

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
