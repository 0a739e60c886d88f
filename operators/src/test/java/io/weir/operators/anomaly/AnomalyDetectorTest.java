package io.weir.operators.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnomalyDetectorTest {

  private static final int ROWS = 3000;
  private static final int EVENT = 2000;
  private static final int DAY = 288;

  private static double[] scores(IntToDoubleFunction series) {
    AnomalyDetector detector = new AnomalyDetector();
    return IntStream.range(0, ROWS)
        .mapToDouble(i -> detector.score(series.applyAsDouble(i)))
        .toArray();
  }

  private static IntToDoubleFunction noise() {
    double[] values = new Random(7).doubles(ROWS, 40, 60).toArray();
    return i -> values[i];
  }

  private static IntToDoubleFunction daily() {
    double[] noise = new Random(8).doubles(ROWS, -2, 2).toArray();
    return i -> 100 + 50 * Math.sin(2 * Math.PI * i / DAY) + noise[i];
  }

  private static double highest(double[] scores, int from, int to) {
    return Arrays.stream(scores, from, to).max().orElseThrow();
  }

  private static int indexOfHighest(double[] scores) {
    return IntStream.range(0, scores.length)
        .reduce((a, b) -> scores[b] > scores[a] ? b : a)
        .orElseThrow();
  }

  @Test
  void learnsFromTheFirstHundredValuesWithoutJudgingThem() {
    double[] scores = scores(i -> i == 60 ? 1e6 : noise().applyAsDouble(i));

    assertThat(highest(scores, 0, 100)).isZero();
    assertThat(highest(scores, 100, ROWS)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-200, 300})
  void aSpikeScoresHighestOfAll(double spike) {
    IntToDoubleFunction noise = noise();

    double[] scores = scores(i -> i == EVENT ? spike : noise.applyAsDouble(i));

    assertThat(indexOfHighest(scores)).isEqualTo(EVENT);
    assertThat(scores[EVENT]).isGreaterThan(0.75);
  }

  @Test
  void aShiftOfTheLevelScoresHighestSoonAfterItBegins() {
    IntToDoubleFunction noise = noise();

    double[] scores = scores(i -> noise.applyAsDouble(i) + (i < EVENT ? 0 : 12));

    assertThat(indexOfHighest(scores)).isBetween(EVENT, EVENT + 60);
  }

  @Test
  void afterAPeakWhatDoesNotExceedItCountsHalf() {
    IntToDoubleFunction noise = noise();

    double[] scores = scores(i -> i == EVENT || i == EVENT + 50 ? 300 : noise.applyAsDouble(i));

    assertThat(scores[EVENT + 50]).isLessThan(scores[EVENT]).isLessThan(0.7);
  }

  @Test
  void aDayLikeAnyOtherIsNothingUnusualAndOneThatDiffersIs() {
    IntToDoubleFunction daily = daily();

    double[] scores = scores(i -> i >= EVENT && i < EVENT + 40 ? 100 : daily.applyAsDouble(i));

    assertThat(indexOfHighest(Arrays.copyOfRange(scores, 2 * DAY, ROWS)) + 2 * DAY)
        .isBetween(EVENT, EVENT + 60);
  }

  @Test
  void aConstantSeriesScoresNothingUntilItChanges() {
    double[] scores = scores(i -> i < EVENT ? 45 : 46);

    assertThat(highest(scores, 0, EVENT)).isZero();
    assertThat(scores[EVENT]).isGreaterThan(0.7);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aMissingValueScoresNothingAndChangesNothing(double missing) {
    IntToDoubleFunction noise = noise();
    AnomalyDetector undisturbed = new AnomalyDetector();
    AnomalyDetector disturbed = new AnomalyDetector();

    for (int i = 0; i < ROWS; i++) {
      double value = noise.applyAsDouble(i);

      assertThat(disturbed.score(missing)).isZero();
      assertThat(disturbed.score(value)).isEqualTo(undisturbed.score(value));
    }
  }

  @Test
  void noValueIsTooLarge() {
    IntToDoubleFunction noise = noise();
    double[] extremes = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 0, 1e150, -1e-300};

    double[] scores =
        scores(i -> i % 7 == 0 ? extremes[i / 7 % extremes.length] : noise.applyAsDouble(i));

    assertThat(Arrays.stream(scores)).allMatch(score -> score >= 0 && score < 1);
  }

  @Test
  void largerSpikesScoreHigherWithoutEnd() {
    IntToDoubleFunction noise = noise();

    double[] peaks =
        IntStream.of(3, 6, 12, 24)
            .mapToDouble(
                decades ->
                    scores(i -> i == EVENT ? Math.pow(10, decades) : noise.applyAsDouble(i))[EVENT])
            .toArray();

    assertThat(peaks).isSorted().doesNotHaveDuplicates();
    assertThat(peaks[3]).isLessThan(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p-40, 0x1p60})
  void theUnitOfTheValuesDoesNotMatter(double unit) {
    IntToDoubleFunction daily = daily();

    double[] scores = scores(i -> daily.applyAsDouble(i) * unit);

    // Quarters of an octave begin at whole powers of two, but the logarithm is rounded.
    assertThat(scores).containsExactly(scores(daily), within(1e-6));
  }

  @Test
  void laterValuesDoNotChangeEarlierScores() {
    IntToDoubleFunction noise = noise();

    double[] one = scores(noise);
    double[] other = scores(i -> i < EVENT ? noise.applyAsDouble(i) : 1e9 * i);

    assertThat(Arrays.copyOf(other, EVENT)).isEqualTo(Arrays.copyOf(one, EVENT));
    assertThat(other[EVENT]).isNotEqualTo(one[EVENT]);
  }
}
