package io.weir.operators.trace.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import io.weir.operators.trace.TraceId;
import io.weir.operators.trace.TraceIdSerializer;
import io.weir.operators.trace.self.ShiftedLog;
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

/** Mostly one trace, in which {@code a}, 100 ms, waits 60 ms for {@code b}. */
// JUnit starts the harness before each test.
@SuppressWarnings("NullAway.Init")
class SelfTimesTest {

  private static final long MINUTE = 60_000;
  private static final long KEEP = 2 * MINUTE;
  private static final long NONE = 0;
  private static final long DELAY = TraceOperator.SELF_DELAY_MILLIS;

  private static final SpanShape SHAPE =
      new SpanShape(
          Schema.of(
              new Column("trace_id_high", ColumnType.LONG),
              new Column("trace_id_low", ColumnType.LONG),
              new Column("span_id", ColumnType.LONG),
              new Column("parent_span_id", ColumnType.LONG),
              new Column("service", ColumnType.STRING),
              new Column("duration_us", ColumnType.LONG),
              new Column("error", ColumnType.LONG)));

  private long keep = KEEP;
  private Asking asking = new Asking("*");
  private TraceOperator operator;
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

  private KeyedOneInputStreamOperatorTestHarness<TraceId, Row, Row> harness() throws Exception {
    operator = new TraceOperator(SHAPE, keep, Asking.Type.INSTANCE);
    operator.join(asking);
    return new KeyedOneInputStreamOperatorTestHarness<>(
        operator, SHAPE::traceId, TraceIdSerializer.TYPE);
  }

  private void startAsking(String services) throws Exception {
    harness.close();
    asking = new Asking(services);
    start();
  }

  private void askFromNowOn(String services) throws Exception {
    asking.change(services);
    harness.prepareSnapshotPreBarrier(1);
  }

  private void restore() throws Exception {
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
  }

  private void span(long id, long parent, String service, long end, long millis) throws Exception {
    Row row = new Row(7);
    row.setLong(0, 7);
    row.setLong(1, 1);
    row.setLong(2, id);
    if (parent != NONE) {
      row.setLong(3, parent);
    }
    row.setText(4, service);
    row.setLong(5, 1_000 * millis);
    row.setLong(6, 0);
    harness.processElement(new StreamRecord<>(row, end));
  }

  private void parentAndChild() throws Exception {
    span(10, NONE, "a", 500, 100);
    span(11, 10, "b", 490, 60);
  }

  private List<String> told() {
    List<String> told = new ArrayList<>();
    Queue<StreamRecord<Row>> output = harness.getSideOutput(TraceOperator.SELF_TIMES);
    if (output != null) {
      for (StreamRecord<Row> self : output) {
        Row row = self.getValue();
        long millis = Math.round(ShiftedLog.micros((double) row.longAt(1)) / 1_000);
        told.add("%s %d ms at %d".formatted(row.textAt(0), millis, self.getTimestamp()));
      }
      output.clear();
    }
    return told;
  }

  private long unknown() {
    return operator.unknownSelfTimes.getCount();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tellsWhatASpanTakesWithoutItsChildrenWhicheverComesFirst(boolean parentFirst)
      throws Exception {
    span(parentFirst ? 10 : 11, parentFirst ? NONE : 10, parentFirst ? "a" : "b", 500, 60);
    span(parentFirst ? 11 : 10, parentFirst ? 10 : NONE, parentFirst ? "b" : "a", 500, 60);
    assertThat(told()).isEmpty();

    harness.processWatermark(500 + DELAY);

    assertThat(told()).containsExactlyInAnyOrder("a 0 ms at 500", "b 60 ms at 500");
  }

  @Test
  void tellsEachOnceAndNotBeforeAllChildrenHaveCome() throws Exception {
    parentAndChild();
    harness.processWatermark(DELAY / 2);
    span(12, 10, "c", DELAY / 2 + 1, DELAY / 2 - 479);

    harness.processWatermark(500 + DELAY);
    assertThat(told()).containsExactlyInAnyOrder("a 30 ms at 500", "b 60 ms at 490");

    harness.processWatermark(10 * KEEP);
    assertThat(told()).containsExactly("c 9521 ms at 10001");
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void aWatermarkThatPassesEverythingForgetsNothingUntold() throws Exception {
    parentAndChild();

    harness.processWatermark(10 * KEEP);

    assertThat(told()).containsExactlyInAnyOrder("a 40 ms at 500", "b 60 ms at 490");
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void goesOnAfterARestore() throws Exception {
    span(11, 10, "b", 490, 60);
    restore();
    span(10, NONE, "a", 500, 100);
    harness.processWatermark(500 + DELAY);
    assertThat(told()).hasSize(2);
    restore();

    span(12, NONE, "c", MINUTE, 5);
    harness.processWatermark(MINUTE + DELAY);

    assertThat(told()).containsExactly("c 5 ms at 60000");
  }

  @Test
  void tellsTheRestWhenAllInputHasEnded() throws Exception {
    parentAndChild();
    harness.processWatermark(Watermark.MAX_WATERMARK);
    assertThat(told()).isEmpty();

    harness.endInput();

    assertThat(told()).containsExactlyInAnyOrder("a 40 ms at 500", "b 60 ms at 490");
  }

  @Test
  void tellsThoseOfTheServicesThatAreAskedForOnly() throws Exception {
    startAsking("x a*");
    parentAndChild();

    harness.processWatermark(500 + DELAY);

    assertThat(told()).containsExactly("a 40 ms at 500");
    assertThat(unknown()).isZero();
  }

  @Test
  void keepsNothingAndSetsNoTimerWhileNobodyAsks() throws Exception {
    startAsking("");
    parentAndChild();

    assertThat(harness.numKeyedStateEntries()).as("what is remembered of the trace").isOne();
    assertThat(harness.numEventTimeTimers()).as("to forget it").isOne();
    harness.processWatermark(10 * KEEP);
    harness.endInput();
    assertThat(told()).isEmpty();
  }

  @Test
  void whatBeganBeforeSomebodyAskedIsNotKnown() throws Exception {
    startAsking("");
    span(11, 10, "b", 490, 60);
    askFromNowOn("*");
    span(10, NONE, "a", 500, 100);

    harness.processWatermark(500 + DELAY);
    harness.processWatermark(10 * KEEP);

    assertThat(told()).isEmpty();
    assertThat(unknown()).isOne();
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void whatIsAskedForNoMoreIsForgotten() throws Exception {
    parentAndChild();
    askFromNowOn("");

    harness.processWatermark(500 + DELAY);
    harness.processWatermark(10 * KEEP);

    assertThat(told()).isEmpty();
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void aSpanThatIsLongerThanItsChildrenAreRememberedIsNotKnown() throws Exception {
    long longest = KEEP - DELAY;
    span(10, NONE, "a", KEEP, longest);
    span(11, NONE, "b", KEEP, longest + 1);

    harness.processWatermark(KEEP + DELAY);

    assertThat(told()).containsExactly("a 100000 ms at 120000");
    assertThat(unknown()).isOne();
  }

  @Test
  void whatIsForgottenBeforeAllChildrenCanHaveComeIsNotKnown() throws Exception {
    harness.close();
    keep = 1_000;
    start();
    parentAndChild();

    harness.processWatermark(TraceOperator.TIMER_MILLIS);

    assertThat(told()).isEmpty();
    assertThat(unknown()).isEqualTo(2);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  /** More spans than one value of a trace holds. */
  @Test
  void aLargeTraceIsLikeASmallOne() throws Exception {
    span(1, NONE, "a", 1_000, 600);
    for (int i = 0; i < 300; i++) {
      span(2 + i, 1, "b", 701 + i, 1);
    }

    harness.processWatermark(1_000 + DELAY);

    assertThat(told()).hasSize(301).contains("a 300 ms at 1000");
  }
}
