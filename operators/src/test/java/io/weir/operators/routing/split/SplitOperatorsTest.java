package io.weir.operators.routing.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both stages by themselves: numbers by their last digit, in windows of 10. */
class SplitOperatorsTest {

  private static final TypeInformation<Tuple3<Integer, Long, Totals>> PARTIAL =
      Types.TUPLE(Types.INT, Types.LONG, TypeInformation.of(Totals.class));
  private static final OutputTag<Tuple3<Integer, Long, Totals>> LATE =
      new OutputTag<>("late", PARTIAL);
  private static final SplitAggregate<Long, Integer, Totals, Totals> AGGREGATE =
      new SplitAggregate<>(
          number -> (int) (number % 10),
          Types.INT,
          new Totals.Function(),
          TypeInformation.of(Totals.class),
          TypeInformation.of(Totals.class),
          10);

  private static OneInputStreamOperatorTestHarness<Long, Tuple3<Integer, Long, Totals>> partial(
      int maxEntries) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<>(new PartialOperator<>(AGGREGATE, maxEntries));
    harness.open();
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<
          Integer, Tuple3<Integer, Long, Totals>, Tuple3<Integer, Long, Totals>>
      merge(int subtask, int parallelism, StateBackend backend) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new MergeOperator<>(AGGREGATE, LATE),
            row -> row.f0,
            Types.INT,
            16,
            parallelism,
            subtask);
    harness.setStateBackend(backend);
    return harness;
  }

  private static List<StateBackend> backends() {
    return List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
  }

  private static StreamRecord<Tuple3<Integer, Long, Totals>> part(
      int key, long window, long count, long sum) {
    return new StreamRecord<>(Tuple3.of(key, window, new Totals(count, sum)));
  }

  /** What came out since the last time: {@code key@window count/sum}, watermarks, statuses. */
  private static List<String> drain(AbstractStreamOperatorTestHarness<?> harness) {
    List<String> drained = new ArrayList<>();
    Queue<Object> output = harness.getOutput();
    for (Object each = output.poll(); each != null; each = output.poll()) {
      drained.add(describe(each));
    }
    return drained;
  }

  private static String describe(Object element) {
    if (element instanceof StreamRecord<?> record
        && record.getValue() instanceof Tuple3<?, ?, ?> row
        && row.f2 instanceof Totals totals) {
      return "%s@%s %d/%d".formatted(row.f0, row.f1, totals.count(), totals.sum());
    }
    if (element instanceof Watermark mark) {
      return "w" + mark.getTimestamp();
    }
    return element.equals(WatermarkStatus.IDLE) ? "idle" : element.toString();
  }

  @Test
  void partialResultsGoOutBeforeTheWatermarkThatClosesTheirWindow() throws Exception {
    var partial = partial(100);
    for (long number : new long[] {1, 11, 2, 1, 21}) {
      partial.processElement(number, number % 20);
    }

    partial.processWatermark(8);
    assertThat(drain(partial)).containsExactly("w8");
    partial.processWatermark(9);
    assertThat(drain(partial))
        .containsExactlyInAnyOrder("1@0 3/23", "2@0 1/2", "w9")
        .endsWith("w9");
    partial.processWatermark(19);
    assertThat(drain(partial)).containsExactly("1@10 1/11", "w19");
  }

  @Test
  void partialResultsDoNotStayBehindABarrierAnIdleInputOrTheEnd() throws Exception {
    var partial = partial(100);

    partial.processElement(5L, 5);
    partial.prepareSnapshotPreBarrier(1);
    assertThat(drain(partial)).containsExactly("5@0 1/5");
    partial.processElement(5L, 5);
    partial.processWatermarkStatus(WatermarkStatus.IDLE);
    assertThat(drain(partial)).containsExactly("5@0 1/5", "idle");
    partial.processElement(5L, 5);
    partial.processWatermark(Watermark.MAX_WATERMARK);
    assertThat(drain(partial)).containsExactly("5@0 1/5", "idle");
    partial.processElement(5L, 5);
    partial.endInput();
    assertThat(drain(partial)).containsExactly("5@0 1/5");
  }

  @Test
  void partialResultsGoOutWhenThereAreTooMany() throws Exception {
    var partial = partial(3);
    partial.processElement(1L, 1);
    partial.processElement(1L, 11);
    assertThat(drain(partial)).isEmpty();

    partial.processElement(2L, 2);

    assertThat(drain(partial)).containsExactlyInAnyOrder("1@0 1/1", "2@0 1/2", "1@10 1/1");
  }

  @Test
  void aRowWithoutATimeIsAnError() throws Exception {
    assertThatThrownBy(() -> partial(3).processElement(new StreamRecord<>(1L)))
        .hasMessageContaining("a row without a time: 1");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void windowsAreMergedAndEmittedOnce(StateBackend backend) throws Exception {
    var merge = merge(0, 1, backend);
    merge.open();
    merge.processElement(part(1, 0, 2, 2));
    merge.processElement(part(1, 0, 3, 30));
    merge.processElement(part(1, 10, 1, 11));

    merge.processWatermark(9);
    assertThat(drain(merge)).containsExactly("1@0 5/32", "w9");
    merge.endInput();
    assertThat(drain(merge)).contains("1@10 1/11");
    merge.close();
  }

  @Test
  void aClosedWindowLeavesNoStateBehind() throws Exception {
    var merge = merge(0, 1, new HashMapStateBackend());
    merge.open();
    merge.processElement(part(1, 0, 2, 2));
    merge.processElement(part(2, 10, 2, 2));

    merge.processWatermark(9);
    assertThat(merge.numKeyedStateEntries()).isOne();
    merge.processWatermark(19);

    assertThat(merge.numKeyedStateEntries()).isZero();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whatComesForAClosedWindowIsKeptApartAlsoAfterARestore(StateBackend backend)
      throws Exception {
    var first = merge(0, 1, backend);
    first.open();
    first.processElement(part(1, 0, 1, 1));
    first.processElement(part(1, 10, 1, 11));
    first.processWatermark(9);
    first.processElement(part(1, 0, 7, 7));
    assertThat(late(first)).containsExactly("1@0 7/7");
    OperatorSubtaskState state = first.snapshot(1, 1);
    first.close();

    List<String> results = new ArrayList<>();
    List<String> late = new ArrayList<>();
    for (int subtask = 0; subtask < 3; subtask++) {
      var restored = merge(subtask, 3, backend);
      restored.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 16, 1, 3, subtask));
      restored.open();
      for (int key = 0; key < 10; key++) {
        if (owner(key) == subtask) {
          restored.processElement(part(key, 0, 1, 1));
          restored.processElement(part(key, 10, 1, 1));
        }
      }
      late.addAll(late(restored));
      restored.processWatermark(19);
      results.addAll(drain(restored));
      restored.close();
    }

    assertThat(late).hasSize(10).allMatch(each -> each.endsWith("@0 1/1"));
    assertThat(results).contains("1@10 2/12", "2@10 1/1").noneMatch(each -> each.contains("@0 "));
  }

  private static int owner(int key) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, 16, 3);
  }

  private static List<String> late(AbstractStreamOperatorTestHarness<?> harness) {
    var records = harness.getSideOutput(LATE);
    return records == null
        ? List.of()
        : records.stream().map(SplitOperatorsTest::describe).toList();
  }
}
