package io.weir.operators.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunningMedianTest {

  private final double[] median = RunningMedian.start();

  private void add(double... values) {
    for (double value : values) {
      RunningMedian.add(median, value);
    }
  }

  @Test
  void isUnknownWhileThereAreFewValues() {
    add(1, 2, 3, 4, 5, 6, 7, 8, 9);
    double before = RunningMedian.of(median);

    add(10);

    assertThat(before).isNaN();
    assertThat(RunningMedian.of(median)).isEqualTo(5.5);
  }

  @Test
  void passesOverWhatIsMissing() {
    add(1, 2, 3, 4, 5, Double.NaN, 6, 7, 8, 9, 10, 11, Double.NaN);

    assertThat(RunningMedian.of(median)).isEqualTo(6);
  }

  @Test
  void isThatOfTheLastValues() {
    Random random = new Random(1);
    double[] all = random.doubles(500).toArray();

    add(all);

    double[] last = Arrays.copyOfRange(all, all.length - RunningMedian.LENGTH, all.length);
    Arrays.sort(last);
    assertThat(RunningMedian.of(median)).isEqualTo((last[29] + last[30]) / 2);
  }
}
