package io.weir.operators.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // The harness is closed by a method that may throw anything.
class AnomalyFunctionTest {

  private static final int MAX_PARALLELISM = 16;

  /** A value of a series; the last one of it says so. */
  public record Sample(String series, double value, boolean last) {}

  public record Scored(Sample sample, double score) {}

  private static final class Samples implements Measure<Sample, Scored> {

    private static final long serialVersionUID = 1;

    @Override
    public double value(Sample sample) {
      return sample.value();
    }

    @Override
    public Scored scored(Sample sample, double score) {
      return new Scored(sample, score);
    }

    @Override
    public boolean isLast(Sample sample) {
      return sample.last();
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Sample, Scored> harness(
      int parallelism, int subtask) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new AnomalyFunction<String, Sample, Scored>(new Samples())),
        Sample::series,
        Types.STRING,
        MAX_PARALLELISM,
        parallelism,
        subtask);
  }

  /** Rows of three series, which take turns. */
  private static List<Sample> samples(int from, int to) {
    Random random = new Random(5);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < to; i++) {
      Sample sample = new Sample("series" + i % 3, random.nextGaussian() * (1 + i % 3), false);
      if (i >= from) {
        samples.add(sample);
      }
    }
    return samples;
  }

  private static List<Scored> process(
      KeyedOneInputStreamOperatorTestHarness<String, Sample, Scored> harness, List<Sample> samples)
      throws Exception {
    for (Sample sample : samples) {
      harness.processElement(sample, 0);
    }
    List<Scored> scored = harness.extractOutputValues();
    harness.getOutput().clear();
    return scored;
  }

  private static List<Scored> expected(List<Sample> samples, String series) {
    AnomalyDetector detector = new AnomalyDetector();
    return samples.stream()
        .filter(sample -> sample.series().equals(series))
        .map(sample -> new Scored(sample, detector.score(sample.value())))
        .toList();
  }

  private static List<Scored> of(List<Scored> scored, String series) {
    return scored.stream().filter(s -> s.sample().series().equals(series)).toList();
  }

  @Test
  void judgesEachSeriesByItselfInTheOrderOfArrival() throws Exception {
    List<Sample> samples = samples(0, 1500);
    try (var harness = harness(1, 0)) {
      harness.open();

      List<Scored> scored = process(harness, samples);

      assertThat(scored).extracting(Scored::sample).isEqualTo(samples);
      for (int i = 0; i < 3; i++) {
        assertThat(of(scored, "series" + i)).isEqualTo(expected(samples, "series" + i));
      }
    }
  }

  @Test
  void givesTheSameScoresAfterARestoreIntoMoreSubtasks() throws Exception {
    OperatorSubtaskState state;
    List<Scored> uninterrupted;
    try (var harness = harness(1, 0)) {
      harness.open();
      process(harness, samples(0, 900));
      state = harness.snapshot(1, 1);
      uninterrupted = process(harness, samples(900, 1500));
    }

    List<Scored> restored = new ArrayList<>();
    for (int subtask = 0; subtask < 2; subtask++) {
      restored.addAll(restoredInto(subtask, state));
    }

    assertThat(restored).containsExactlyInAnyOrderElementsOf(uninterrupted);
  }

  private static List<Scored> restoredInto(int subtask, OperatorSubtaskState state)
      throws Exception {
    try (var harness = harness(2, subtask)) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, 1, 2, subtask));
      harness.open();
      List<Sample> own =
          samples(900, 1500).stream()
              .filter(sample -> subtaskOf(sample.series()) == subtask)
              .toList();
      return process(harness, own);
    }
  }

  private static int subtaskOf(String series) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(series, MAX_PARALLELISM, 2);
  }

  @Test
  void forgetsASeriesThatHasEnded() throws Exception {
    try (var harness = harness(1, 0)) {
      harness.open();
      process(harness, samples(0, 900));

      process(harness, List.of(new Sample("series0", Double.NaN, true)));

      assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
    }
  }
}
