package io.weir.operators.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.epoch.operator.EpochSwitch;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowSerializer;
import io.weir.operators.window.Clicks.Click;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class PreAggregateOperatorTest {

  private static final Windowing TUMBLING = new Windowing.Tumbling(10);

  @Test
  void passesOnOnePartialForEachGroupAndSliceBeforeTheWatermarkThatClosesIt() throws Exception {
    var operator = operator(TUMBLING, PreAggregation.DEFAULT);
    add(operator, new Click(0, "a", 1), new Click(9, "a", 1), new Click(5, null, 1));
    add(operator, new Click(10, "a", 1), new Click(-1, "a", 1));

    operator.processWatermark(8);
    assertThat(drain(operator)).containsExactlyInAnyOrder("-10..0 page=a 1", "w8").endsWith("w8");

    operator.processWatermark(9);
    assertThat(drain(operator))
        .containsExactlyInAnyOrder("0..10 page=a 2", "0..10 page=null 1", "w9")
        .endsWith("w9");
  }

  @Test
  void turnsIdleAtTheWatermarkThatEndsItsInput() throws Exception {
    var operator = operator(TUMBLING, PreAggregation.DEFAULT);
    add(operator, new Click(10, "a", 1));

    operator.processWatermark(Long.MAX_VALUE);

    assertThat(drain(operator)).containsExactly("10..20 page=a 1", "idle");
  }

  @Test
  void hoppingWindowsShareSlicesOfTheirGreatestCommonDivisor() throws Exception {
    var operator = operator(new Windowing.Hopping(10, 4), PreAggregation.DEFAULT);
    add(operator, new Click(0, "a", 1), new Click(1, "a", 1), new Click(2, "a", 1));

    operator.processWatermark(3);

    assertThat(drain(operator)).containsExactlyInAnyOrder("0..2 page=a 2", "2..4 page=a 1", "w3");
  }

  @Test
  void passesOnEverySessionThatBeginsAtOrBeforeTheWatermark() throws Exception {
    var operator = operator(new Windowing.Session(10), PreAggregation.DEFAULT);
    add(operator, new Click(8, "a", 1), new Click(6, "a", 1), new Click(9, "b", 1));

    operator.processWatermark(5);
    assertThat(drain(operator)).containsExactly("w5");

    // A session [-4, 7) elsewhere would close now, and what begins at 6 belongs to it.
    operator.processWatermark(6);
    assertThat(drain(operator)).containsExactly("6..18 page=a 2", "w6");

    operator.processWatermark(9);
    assertThat(drain(operator)).containsExactly("9..19 page=b 1", "w9");
  }

  @Test
  void holdsNothingBehindABarrierAnIdleInputOrTheEnd() throws Exception {
    var operator = operator(TUMBLING, PreAggregation.DEFAULT);

    add(operator, new Click(0, "a", 1));
    operator.prepareSnapshotPreBarrier(1);
    assertThat(drain(operator)).containsExactly("0..10 page=a 1");

    add(operator, new Click(0, "a", 1));
    operator.processWatermarkStatus(WatermarkStatus.IDLE);
    assertThat(drain(operator)).containsExactly("0..10 page=a 1", "idle");

    add(operator, new Click(0, "a", 1));
    operator.processWatermarkStatus(WatermarkStatus.ACTIVE);
    assertThat(drain(operator)).containsExactly("active");

    operator.endInput();
    assertThat(drain(operator)).containsExactly("0..10 page=a 1");
  }

  @Test
  void passesEverythingOnWhenThereAreTooManyEntries() throws Exception {
    var operator = operator(TUMBLING, new PreAggregation(3, 1 << 20));
    add(operator, new Click(0, "a", 1), new Click(0, "b", 1), new Click(0, "a", 1));
    assertThat(drain(operator)).isEmpty();

    add(operator, new Click(0, "c", 1));
    assertThat(drain(operator))
        .containsExactlyInAnyOrder("0..10 page=a 2", "0..10 page=b 1", "0..10 page=c 1");
  }

  @Test
  void passesEverythingOnWhenItWeighsTooMuch() throws Exception {
    var operator = operator(TUMBLING, new PreAggregation(1000, 20_000));
    int rows = 0;
    while (drain(operator).isEmpty()) {
      // One group whose exact quantile keeps one count for each value.
      add(operator, new Click(0, "a", rows++));
    }

    assertThat(rows).isBetween(200, 1250);
  }

  @Test
  void switchedOffItPassesOnEachRow() throws Exception {
    var operator = operator(TUMBLING, PreAggregation.OFF);

    add(operator, new Click(0, "a", 1), new Click(0, "a", 1));

    assertThat(drain(operator)).containsExactly("0..10 page=a 1", "0..10 page=a 1");
  }

  @Test
  void refusesARowWithoutATime() throws Exception {
    var operator = operator(TUMBLING, PreAggregation.DEFAULT);

    assertThatThrownBy(
            () -> operator.processElement(new StreamRecord<>(new Click(0, "a", 1).row())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("without a time");
  }

  private static OneInputStreamOperatorTestHarness<Row, Partial> operator(
      Windowing windowing, PreAggregation bound) throws Exception {
    WindowPlan plan = Clicks.plan(windowing, bound);
    PieceSerializer pieces = plan.pieces(Clicks.SCHEMA);
    var preAggregate =
        new PreAggregateOperator(
            plan.group(Clicks.SCHEMA), plan, pieces, ListLengths.AsDeclared.TYPE);
    preAggregate.join(EpochSwitch.fixed(""));
    var harness =
        new OneInputStreamOperatorTestHarness<>(preAggregate, new RowSerializer(Clicks.SCHEMA));
    harness.setup(new PartialSerializer(pieces));
    harness.open();
    return harness;
  }

  private static void add(OneInputStreamOperatorTestHarness<Row, Partial> operator, Click... clicks)
      throws Exception {
    for (Click click : clicks) {
      operator.processElement(click.row(), click.time());
    }
  }

  private static List<String> drain(OneInputStreamOperatorTestHarness<Row, Partial> operator) {
    List<String> texts = operator.getOutput().stream().map(PreAggregateOperatorTest::text).toList();
    operator.getOutput().clear();
    return texts;
  }

  private static String text(Object element) {
    if (element instanceof Watermark mark) {
      return "w" + mark.getTimestamp();
    }
    if (element instanceof WatermarkStatus status) {
      return status.isIdle() ? "idle" : "active";
    }
    Partial partial = (Partial) ((StreamRecord<?>) element).getValue();
    GroupColumns group = new GroupColumns(List.of("page"), Clicks.SCHEMA);
    return String.format(
        "%d..%d %s %d",
        partial.span().start(),
        partial.span().end(),
        group.describe(partial.key()),
        partial.piece().rows());
  }
}
