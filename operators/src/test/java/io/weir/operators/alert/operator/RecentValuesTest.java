package io.weir.operators.alert.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentValuesTest {

  private final double[] state = RecentValues.start();

  private void add(double... values) {
    for (double value : values) {
      RecentValues.of(state).add(value);
    }
  }

  private RecentValues recent() {
    return RecentValues.of(state);
  }

  @Test
  void nothingIsUsualWhileThereAreFewValues() {
    add(1, 2, 3, 4, 5, 6, 7, 8, 9);
    RecentValues before = recent();

    add(10);

    assertThat(before.usual()).isNaN();
    assertThat(before.high()).isNaN();
    assertThat(recent().usual()).isEqualTo(5.5);
    assertThat(recent().high()).isEqualTo(10);
  }

  @Test
  void passesOverWhatIsMissing() {
    add(1, 2, 3, 4, 5, Double.NaN, 6, 7, 8, 9, 10, 11, Double.NaN);

    assertThat(recent().usual()).isEqualTo(6);
  }

  @Test
  void knowsTheLastValuesOnly() {
    double[] all = new Random(1).doubles(500).toArray();

    add(all);

    double[] last = Arrays.copyOfRange(all, all.length - RecentValues.LENGTH, all.length);
    Arrays.sort(last);
    assertThat(recent().usual()).isEqualTo((last[29] + last[30]) / 2);
    assertThat(recent().high()).isEqualTo(last[56]);
  }

  @Test
  void aFewOutliersDoNotMoveIt() {
    for (int minute = 0; minute < RecentValues.LENGTH; minute++) {
      add(minute % 20 == 0 ? 1e9 : 10 + minute % 3);
    }

    assertThat(recent().usual()).isEqualTo(11);
    assertThat(recent().high()).isEqualTo(12);
  }
}
