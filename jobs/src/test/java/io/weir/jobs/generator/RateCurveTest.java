package io.weir.jobs.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.jobs.generator.RateCurve.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateCurveTest {

  @Test
  void spacesEventsEvenlyWhereTheRateIsConstant() {
    RateCurve curve = RateCurve.constant(4);

    for (long i : new long[] {0, 1, 3, 4, 5, 1_000_000_007}) {
      assertThat(curve.millisOf(i)).isCloseTo(i * 250.0, within(1e-3));
    }
  }

  @Test
  void repeatsStepsAndLeavesThoseWithoutEventsEmpty() {
    RateCurve curve =
        RateCurve.steps(List.of(new Step(1000, 0), new Step(1000, 2), new Step(500, 0)));

    assertThat(curve.millisOf(0)).isEqualTo(1000);
    assertThat(curve.millisOf(1)).isEqualTo(1500);
    assertThat(curve.millisOf(2)).isEqualTo(2500 + 1000);
    assertThat(curve.millisOf(21)).isEqualTo(10 * 2500 + 1500);
  }

  @Test
  void followsTheIntegralOfASine() {
    double base = 1000;
    double amplitude = 900;
    double period = 60_000;
    RateCurve curve = RateCurve.sine(base, amplitude, period);

    for (long i = 0; i < 200_000; i += 1009) {
      double seconds = curve.millisOf(i) / 1000;
      double angle = 2 * Math.PI / 60;
      double integral = base * seconds + amplitude / angle * (1 - Math.cos(angle * seconds));
      assertThat(integral).isCloseTo((double) i, within(0.5));
    }
  }

  @Test
  void neverGoesBack() {
    RateCurve curve = RateCurve.sine(7.3, 7.3, 977);
    double last = -1;
    for (long i = 0; i < 50_000; i++) {
      double millis = curve.millisOf(i);
      assertThat(millis).isGreaterThanOrEqualTo(last);
      last = millis;
    }
  }
}
