package io.weir.operators.recommendation.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.operators.recommendation.rules.Ageing;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ColumnTest {

  private static final Ageing DAILY = new Ageing(Duration.ofDays(1).toMillis());
  private static final long DAY = Duration.ofDays(1).toMillis();

  @Test
  void addsUpAsAMapDoesWhateverItsSize() {
    Random random = new Random(7);
    Map<Integer, Double> plain = new HashMap<>();
    Column column = new Column();

    for (int i = 0; i < 50_000; i++) {
      int index = random.nextInt(5_000);
      int amount = 1 + random.nextInt(10);
      plain.merge(index, (double) amount, Double::sum);
      column.add(index, amount, Ageing.NONE, i);
    }

    assertThat(column.size()).isEqualTo(plain.size());
    plain.forEach((index, sum) -> assertThat(column.at(index)).isEqualTo(sum));
    assertThat(column.at(5_000)).isZero();
  }

  @Test
  void staysExactBeyondWhatAFloatCanCount() {
    Column column = new Column();
    column.add(3, 5, Ageing.NONE, 0);

    column.add(8, (1 << 24) - 1, Ageing.NONE, 0);
    for (int i = 0; i < 10; i++) {
      column.add(8, 1, Ageing.NONE, 0);
    }

    assertThat(column.at(8)).isEqualTo((1 << 24) + 9);
    assertThat(column.at(3)).isEqualTo(5);
  }

  @Test
  void comesBackFromItsBytesAsItWas() throws IOException {
    Column column = new Column();
    column.addTotal(9, DAILY, 5 * DAY);
    for (int index = 0; index < 100; index += 3) {
      column.add(index, index + 0.5, DAILY, (5 + index) * DAY);
    }
    Column wide = new Column();
    wide.add(1, 1 << 25, Ageing.NONE, 0);
    wide.add(2, 1, Ageing.NONE, 0);

    assertThat(copied(column)).isEqualTo(column);
    assertThat(copied(wide)).isEqualTo(wide);
    assertThat(copied(new Column())).isEqualTo(new Column());
    assertThat(column.copy()).isEqualTo(column);
  }

  private static Column copied(Column column) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    ColumnSerializer.INSTANCE.serialize(column, out);
    return ColumnSerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }

  @Test
  void fadesByHalfInEachHalfLife() {
    Column column = new Column();

    column.add(1, 8, DAILY, DAY);
    column.add(2, 8, DAILY, 3 * DAY);

    assertThat(column.at(1) * column.fading(3 * DAY)).isCloseTo(2, within(1e-6));
    assertThat(column.at(2) * column.fading(3 * DAY)).isCloseTo(8, within(1e-6));
    assertThat(column.at(1) * column.fading(103 * DAY)).isCloseTo(0, within(1e-6));
  }

  @Test
  void keepsItsPresentValuesWhenTheHalfLifeChanges() {
    Column column = new Column();
    column.add(1, 8, DAILY, DAY);

    column.addTotal(1, Ageing.NONE, 3 * DAY);

    double later = column.fading(9 * DAY) * column.at(1);
    assertThat(later).isCloseTo(2, within(1e-6));
  }

  @Test
  void dropsWhatDoesNotStay() {
    Column column = new Column();
    for (int index = 0; index < 100; index++) {
      column.add(index, index, Ageing.NONE, 0);
    }

    int dropped = column.keepOnly((index, count) -> count >= 90);

    assertThat(dropped).isEqualTo(90);
    assertThat(column.size()).isEqualTo(10);
    assertThat(column.at(95)).isEqualTo(95);
    assertThat(column.at(5)).isZero();
    assertThat(column.bytes()).isLessThan(300);
  }
}
