package io.weir.operators.window;

import io.weir.operators.epoch.operator.EpochSwitch;
import io.weir.operators.intake.DeadLetter;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowSerializer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.StatusWatermarkValve;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * Both operators at some parallelism, joined by channels in memory: each pre-aggregator has one
 * channel, in order, to all window operators. What the channels say of time is combined as Flink
 * does it.
 */
final class Pipeline {

  static final int MAX_PARALLELISM = 16;

  private final WindowPlan plan;
  private final List<OneInputStreamOperatorTestHarness<Row, Partial>> sources = new ArrayList<>();
  private final List<KeyedOneInputStreamOperatorTestHarness<GroupKey, Partial, Row>> windows =
      new ArrayList<>();
  private static final Object END = new Object();

  private final List<Deque<Object>> channels = new ArrayList<>();
  private final StatusWatermarkValve valve;
  private final CommonTime time = new CommonTime(windows);
  private int ended;
  private final List<String> results = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();

  Pipeline(WindowPlan plan, int sources, int windows) throws Exception {
    this(plan, sources, windows, new HashMapStateBackend(), null);
  }

  Pipeline(
      WindowPlan plan, int sources, int windows, StateBackend backend, @Nullable Snapshot restored)
      throws Exception {
    this.plan = plan;
    valve = new StatusWatermarkValve(sources);
    for (int i = 0; i < sources; i++) {
      channels.add(new ArrayDeque<>());
      this.sources.add(source());
    }
    for (int i = 0; i < windows; i++) {
      this.windows.add(window(i, windows, backend, restored));
    }
  }

  /** The states of all window operators. */
  record Snapshot(OperatorSubtaskState state, int parallelism) {}

  private PieceSerializer pieces() {
    return plan.pieces(Clicks.SCHEMA);
  }

  private OneInputStreamOperatorTestHarness<Row, Partial> source() throws Exception {
    var operator =
        new PreAggregateOperator(
            plan.group(Clicks.SCHEMA), plan, pieces(), ListLengths.AsDeclared.TYPE);
    operator.join(EpochSwitch.fixed(""));
    var harness =
        new OneInputStreamOperatorTestHarness<>(operator, new RowSerializer(Clicks.SCHEMA));
    harness.setup(new PartialSerializer(pieces()));
    harness.open();
    return harness;
  }

  private KeyedOneInputStreamOperatorTestHarness<GroupKey, Partial, Row> window(
      int index, int parallelism, StateBackend backend, @Nullable Snapshot restored)
      throws Exception {
    var operator =
        new WindowOperator(
            plan.windowing(),
            plan.group(Clicks.SCHEMA),
            pieces(),
            plan.results(Clicks.SCHEMA),
            ListLengths.AsDeclared.TYPE);
    operator.join(EpochSwitch.fixed(""));
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            operator, Partial::key, GroupKeySerializer.TYPE, MAX_PARALLELISM, parallelism, index);
    harness.setStateBackend(backend);
    harness.setup(new RowSerializer(plan.results(Clicks.SCHEMA).schema()));
    if (restored != null) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              restored.state(), MAX_PARALLELISM, restored.parallelism(), parallelism, index));
    }
    harness.open();
    return harness;
  }

  void row(int source, Clicks.Click click) throws Exception {
    sources.get(source).processElement(click.row(), click.time());
    collect(source);
  }

  void watermark(int source, long time) throws Exception {
    sources.get(source).processWatermark(time);
    collect(source);
  }

  void status(int source, WatermarkStatus status) throws Exception {
    sources.get(source).processWatermarkStatus(status);
    collect(source);
  }

  /** Has a pre-aggregator pass everything on. */
  void flush(int source) throws Exception {
    sources.get(source).endInput();
    collect(source);
  }

  /**
   * Puts a watermark into a channel past its pre-aggregator, as a source that is restored ended.
   */
  void tell(int source, Watermark mark) throws Exception {
    deliver(source, mark);
  }

  /** Ends a source, as Flink does it. */
  void end(int source) throws Exception {
    sources.get(source).processWatermark(Watermark.MAX_WATERMARK);
    sources.get(source).endInput();
    collect(source);
    channels.get(source).add(END);
  }

  private void collect(int source) {
    Queue<Object> output = sources.get(source).getOutput();
    channels.get(source).addAll(output);
    output.clear();
  }

  /** Moves up to so many elements from a channel into the window operators. */
  void deliver(int source, int elements) throws Exception {
    Deque<Object> channel = channels.get(source);
    for (int i = 0; i < elements && !channel.isEmpty(); i++) {
      deliver(source, channel.remove());
    }
  }

  void deliverAll() throws Exception {
    for (int source = 0; source < sources.size(); source++) {
      deliver(source, Integer.MAX_VALUE);
    }
  }

  private void deliver(int source, Object element) throws Exception {
    if (element instanceof Watermark mark) {
      valve.inputWatermark(mark, source, time);
    } else if (element instanceof WatermarkStatus status) {
      valve.inputWatermarkStatus(status, source, time);
    } else if (element == END) {
      endWindows();
    } else {
      Partial partial = (Partial) ((StreamRecord<?>) element).getValue();
      windows.get(receiver(partial)).processElement(new StreamRecord<>(throughBytes(partial)));
    }
    collectResults();
  }

  private int receiver(Partial partial) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        partial.key(), MAX_PARALLELISM, windows.size());
  }

  private Partial throughBytes(Partial partial) throws Exception {
    PartialSerializer serializer = new PartialSerializer(pieces());
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(partial, out);
    return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }

  private void endWindows() throws Exception {
    if (++ended == sources.size()) {
      for (var window : windows) {
        window.endInput();
      }
    }
  }

  private void collectResults() {
    for (var window : windows) {
      window.extractOutputValues().forEach(row -> results.add(Clicks.text(row)));
      window.getOutput().clear();
      var letters = window.getSideOutput(WindowOperator.DEAD_LETTERS);
      if (letters != null) {
        letters.forEach(letter -> deadLetters.add(letter.getValue()));
        letters.clear();
      }
    }
  }

  /** Barrier through everything: pre-aggregators flush, channels drain, windows are stored. */
  Snapshot snapshot(long checkpoint) throws Exception {
    for (int source = 0; source < sources.size(); source++) {
      sources.get(source).prepareSnapshotPreBarrier(checkpoint);
      collect(source);
    }
    deliverAll();
    OperatorSubtaskState[] states = new OperatorSubtaskState[windows.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = windows.get(i).snapshot(checkpoint, checkpoint);
    }
    return new Snapshot(AbstractStreamOperatorTestHarness.repackageState(states), windows.size());
  }

  List<String> results() {
    return results;
  }

  List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  int keyedStateEntries() {
    return windows.stream().mapToInt(window -> window.numKeyedStateEntries()).sum();
  }

  int timers() {
    return windows.stream().mapToInt(window -> window.numEventTimeTimers()).sum();
  }

  void close() throws Exception {
    for (var source : sources) {
      source.close();
    }
    for (var window : windows) {
      window.close();
    }
  }
}
