package io.weir.operators.trace.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import io.weir.operators.trace.TraceId;
import io.weir.operators.trace.TraceIdSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One trace, mostly: {@code a} calls {@code b}. */
// JUnit starts the harness before each test.
@SuppressWarnings("NullAway.Init")
class TraceOperatorTest {

  private static final long MINUTE = 60_000;
  private static final long KEEP = 2 * MINUTE;
  private static final long NONE = 0;

  private static final Schema SPANS =
      new Schema(
          List.of(
              new Column("trace_id_high", ColumnType.LONG),
              new Column("trace_id_low", ColumnType.LONG),
              new Column("span_id", ColumnType.LONG),
              new Column("parent_span_id", ColumnType.LONG),
              new Column("service", ColumnType.STRING),
              new Column("duration_us", ColumnType.LONG),
              new Column("error", ColumnType.LONG)));
  private static final SpanShape SHAPE = new SpanShape(SPANS);

  private KeyedOneInputStreamOperatorTestHarness<TraceId, Row, Row> harness;

  @BeforeEach
  void start() throws Exception {
    harness = harness();
    harness.open();
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  private static KeyedOneInputStreamOperatorTestHarness<TraceId, Row, Row> harness()
      throws Exception {
    TraceOperator operator = new TraceOperator(SHAPE, KEEP, Asking.Type.INSTANCE);
    operator.join(new Asking(""));
    return new KeyedOneInputStreamOperatorTestHarness<>(
        operator, SHAPE::traceId, TraceIdSerializer.TYPE);
  }

  private void restore() throws Exception {
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
  }

  private void span(long trace, long id, long parent, String service, long time) throws Exception {
    Row row = new Row(SPANS.size());
    row.setLong(0, 7);
    row.setLong(1, trace);
    row.setLong(2, id);
    if (parent != NONE) {
      row.setLong(3, parent);
    }
    row.setText(4, service);
    row.setLong(5, 100 * id);
    row.setLong(6, id % 2);
    harness.processElement(new StreamRecord<>(row, time));
  }

  private List<String> calls() {
    List<String> calls = new ArrayList<>();
    Queue<StreamRecord<Row>> output = harness.getSideOutput(TraceOperator.CALLS);
    if (output != null) {
      for (StreamRecord<Row> call : output) {
        Row row = call.getValue();
        calls.add(
            "%s > %s %d us, error %d, at %d"
                .formatted(
                    row.textAt(0),
                    row.textAt(1),
                    row.longAt(2),
                    row.longAt(3),
                    call.getTimestamp()));
      }
    }
    return calls;
  }

  private List<Long> passed() {
    return harness.extractOutputValues().stream().map(SHAPE::spanId).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsACallWhicheverComesFirst(boolean parentFirst) throws Exception {
    if (parentFirst) {
      span(1, 10, NONE, "a", 500);
    }
    span(1, 11, 10, "b", 400);
    if (!parentFirst) {
      span(1, 10, NONE, "a", 500);
    }

    assertThat(calls()).containsExactly("a > b 1100 us, error 1, at 400");
    assertThat(passed()).containsExactlyInAnyOrder(10L, 11L);
  }

  @Test
  void whatAServiceDoesItselfIsNoCall() throws Exception {
    span(1, 10, NONE, "a", 500);
    span(1, 12, 10, "a", 400);
    span(1, 13, 12, "b", 300);

    assertThat(calls()).containsExactly("a > b 1300 us, error 1, at 300");
  }

  @Test
  void oneParentAnswersAllThatWait() throws Exception {
    span(1, 11, 10, "b", 400);
    span(1, 12, 10, "c", 410);
    span(1, 10, NONE, "a", 500);
    span(1, 14, 10, "d", 420);

    assertThat(calls()).hasSize(3).allMatch(call -> call.startsWith("a > "));
  }

  @Test
  void passesARepeatOnNoMore() throws Exception {
    span(1, 10, NONE, "a", 500);
    span(1, 11, 10, "b", 400);
    span(1, 11, 10, "b", 400);
    span(1, 10, NONE, "a", 500);

    assertThat(passed()).containsExactly(10L, 11L);
    assertThat(calls()).hasSize(1);
  }

  @Test
  void idsCountWithinTheirTraceOnly() throws Exception {
    span(1, 10, NONE, "a", 500);
    span(2, 10, NONE, "z", 500);
    span(2, 11, 10, "b", 400);

    assertThat(passed()).containsExactly(10L, 10L, 11L);
    assertThat(calls()).containsExactly("z > b 1100 us, error 1, at 400");
  }

  @Test
  void forgetsWhatNobodyCanAskFor() throws Exception {
    span(1, 10, NONE, "a", 500);
    span(1, 12, 99, "b", 600);
    span(1, 13, NONE, "c", MINUTE);

    harness.processWatermark(new Watermark(MINUTE + KEEP - 1));
    assertThat(harness.numKeyedStateEntries()).as("the last span").isOne();
    harness.processWatermark(new Watermark(MINUTE + KEEP + TraceOperator.TIMER_MILLIS));

    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
    assertThat(calls()).isEmpty();
  }

  @Test
  void aParentMayComeUntilTheTimeIsOver() throws Exception {
    span(1, 11, 10, "b", MINUTE);
    harness.processWatermark(new Watermark(MINUTE + KEEP - 1));

    span(1, 10, NONE, "a", 2 * MINUTE + KEEP);

    assertThat(calls()).containsExactly("a > b 1100 us, error 1, at " + MINUTE);
  }

  @Test
  void theEndOfAnInputForgetsNothing() throws Exception {
    span(1, 11, 10, "b", 400);
    harness.processWatermark(Watermark.MAX_WATERMARK);

    span(1, 10, NONE, "a", 500);
    span(1, 11, 10, "b", 400);

    assertThat(calls()).hasSize(1);
    assertThat(passed()).containsExactly(11L, 10L);
  }

  @Test
  void goesOnAfterARestore() throws Exception {
    span(1, 11, 10, "b", 400);
    span(1, 12, NONE, "c", 400);
    restore();

    span(1, 10, NONE, "a", 500);
    span(1, 12, NONE, "c", 400);

    assertThat(calls()).containsExactly("a > b 1100 us, error 1, at 400");
    assertThat(passed()).containsExactly(10L);
  }

  @Test
  void takesOverWhatOlderBuildsRemembered() throws Exception {
    harness.close();
    harness = OlderTraces.harness(SHAPE);
    harness.open();
    span(1, 10, NONE, "a", 500);
    span(1, 12, 99, "c", 400);
    restore();

    span(1, 10, NONE, "a", 500);
    span(1, 11, 10, "b", 400);
    span(1, 99, NONE, "a", 500);

    assertThat(passed()).containsExactly(11L, 99L);
    assertThat(calls())
        .containsExactly("a > b 1100 us, error 1, at 400", "a > c 1200 us, error 0, at 400");
    harness.processWatermark(new Watermark(10 * KEEP));
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  /** More spans than the value of a trace holds, seen or waiting. */
  @ParameterizedTest
  @ValueSource(ints = {1, 30, 150, 250, 400, 599})
  void aLargeTraceIsLikeASmallOneOverARestoreToo(int restoreAt) throws Exception {
    int children = 300;
    List<Long> passed = new ArrayList<>();
    int calls = 0;
    for (int i = 0; i < 2 * children; i++) {
      if (i == restoreAt) {
        passed.addAll(passed());
        calls += calls().size();
        restore();
      }
      long parent = i < children ? children + i : NONE;
      String service = i < children ? "b" : "a";
      span(1, i, parent, service, 500);
      span(1, i, parent, service, 500);
    }
    passed.addAll(passed());
    calls += calls().size();

    assertThat(passed).hasSize(2 * children).doesNotHaveDuplicates();
    assertThat(calls).isEqualTo(children);
    harness.processWatermark(new Watermark(10 * KEEP));
    assertThat(harness.numKeyedStateEntries()).isZero();
  }
}
