package io.weir.operators.alert.operator;

import static io.weir.operators.alert.rule.Rules.MINUTE;

import io.weir.operators.alert.Alert;
import io.weir.operators.alert.Sample;
import io.weir.operators.alert.Series;
import io.weir.operators.alert.rule.AlertRules;
import io.weir.operators.alert.rule.Metric;
import io.weir.operators.alert.rule.Rules;
import io.weir.operators.alert.rule.Scope;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.operator.EpochSwitch;
import io.weir.operators.epoch.stamp.Stamping;
import io.weir.operators.epoch.stamp.Stamps;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** One subtask of the operator, whose rules the test switches, fed minute by minute. */
final class JudgedSubtask implements AutoCloseable {

  static final long FORGET_MINUTES = 10;

  private static final int MAX_PARALLELISM = 16;

  private final AlertOperator operator;
  private final int index;
  private final int parallelism;
  private final TestSwitch epochs;
  private final KeyedOneInputStreamOperatorTestHarness<Series, Sample, Alert> harness;

  private JudgedSubtask(int index, int parallelism, TestSwitch epochs) {
    this.index = index;
    this.parallelism = parallelism;
    this.epochs = epochs;
    AlertPlan plan =
        new AlertPlan(
            Scope.SERVICE,
            Metric.OF_SPANS,
            Duration.ofMinutes(1),
            Duration.ofMinutes(FORGET_MINUTES),
            false);
    operator = new AlertOperator(plan, Rules.Type.INSTANCE);
    operator.join(epochs);
    try {
      harness =
          new KeyedOneInputStreamOperatorTestHarness<>(
              operator,
              Sample::series,
              TypeInformation.of(Series.class),
              MAX_PARALLELISM,
              parallelism,
              index);
    } catch (Exception e) {
      throw new IllegalStateException("no harness", e);
    }
  }

  static JudgedSubtask under(long version, AlertRules rules) {
    return part(0, 1, version, rules);
  }

  static JudgedSubtask part(int index, int parallelism, long version, AlertRules rules) {
    return new JudgedSubtask(
        index, parallelism, new TestSwitch(new VersionedConfiguration<>(version, rules)));
  }

  void open() throws Exception {
    harness.open();
  }

  /** Takes its part of what one subtask had. */
  void open(OperatorSubtaskState state) throws Exception {
    harness.initializeState(
        AbstractStreamOperatorTestHarness.repartitionOperatorState(
            state, MAX_PARALLELISM, 1, parallelism, index));
    harness.open();
  }

  boolean owns(String service) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
            Series.ofService(service), MAX_PARALLELISM, parallelism)
        == index;
  }

  /** Hands over so many calls that a service had in a minute. */
  void minute(long minute, String service, double calls) throws Exception {
    double[] values = Metric.ofEmptyWindow();
    values[Metric.CALLS.place()] = calls;
    long end = (minute + 1) * MINUTE;
    Sample sample = new Sample(Series.ofService(service), end, values, epochs.current.version());
    harness.processElement(new StreamRecord<>(sample, end - 1));
  }

  /** So many minutes are over. */
  void passed(long minutes) throws Exception {
    harness.processWatermark(minutes * MINUTE - 1);
  }

  void finish() throws Exception {
    harness.processWatermark(Watermark.MAX_WATERMARK);
    harness.endInput();
  }

  /** Has the next barrier bring other rules. */
  void announce(long version, AlertRules rules) {
    epochs.next = new VersionedConfiguration<>(version, rules);
  }

  void barrier() throws Exception {
    harness.prepareSnapshotPreBarrier(1);
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  int stateEntries() {
    return harness.numKeyedStateEntries();
  }

  int timers() {
    return harness.numEventTimeTimers();
  }

  long lateSamples() {
    return operator.lateSamples.getCount();
  }

  /** What was told since it was last asked. */
  List<String> told() {
    List<String> told = harness.extractOutputValues().stream().map(JudgedSubtask::words).toList();
    harness.getOutput().clear();
    return told;
  }

  private static String words(Alert alert) {
    return "%d %s %s %s %s v%d"
        .formatted(
            alert.atMillis() / MINUTE,
            alert.series().service(),
            alert.rule(),
            alert.state().name().toLowerCase(Locale.ROOT),
            alert.value(),
            alert.version());
  }

  @Override
  public void close() {
    try {
      harness.close();
    } catch (Exception e) {
      throw new IllegalStateException("a subtask does not close", e);
    }
  }

  /** Hands over what the test says. */
  private static final class TestSwitch implements EpochSwitch {
    private VersionedConfiguration<AlertRules> current;
    private @Nullable VersionedConfiguration<AlertRules> next;
    private @Nullable Configured<AlertRules> configured;

    TestSwitch(VersionedConfiguration<AlertRules> first) {
      current = first;
    }

    // The operator is one of rules.
    @SuppressWarnings("unchecked")
    @Override
    public <C> void open(Configured<C> opened) {
      configured = (Configured<AlertRules>) opened;
      ((Stamping) opened).stampWith(Stamps.NONE);
      configured.configure(current);
    }

    @Override
    public void switchAt(long checkpoint) {
      if (next != null) {
        current = next;
        Objects.requireNonNull(configured).configure(current);
        next = null;
      }
    }
  }
}
