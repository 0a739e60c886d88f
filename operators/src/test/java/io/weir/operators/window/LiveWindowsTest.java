package io.weir.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.Factor;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.epoch.message.Prepared;
import io.weir.operators.epoch.operator.ConfiguredSubtask;
import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.epoch.operator.FakeCoordinator;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.window.Clicks.Click;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pre-aggregation and the windows of a job whose versions change, hook by hook. */
class LiveWindowsTest {

  private static final int WINDOW_MILLIS = 10;

  private final FakeCoordinator first = FakeCoordinator.welcoming(1, 10);
  private final FakeCoordinator second = FakeCoordinator.welcoming(1, 10);
  private ConfiguredSubtask<Partial> preAggregation;
  private ConfiguredSubtask<Row> windows;

  LiveWindowsTest() throws Exception {
    preAggregation = ConfiguredSubtask.of(preAggregation(), first);
    windows = ConfiguredSubtask.of(windows(), second);
  }

  @BeforeEach
  void open() throws Exception {
    preAggregation.open();
    windows.open();
  }

  @AfterEach
  void close() {
    preAggregation.close();
    windows.close();
  }

  @Test
  void whatIsHeldBeforeABarrierGoesOutUnderTheOldVersion() throws Exception {
    feed(3);
    first.prepare(5, 2, 20);
    preAggregation.barrier(5);
    List<Partial> before = preAggregation.rows();
    feed(4);
    first.prepareNothing(6, 1);
    preAggregation.barrier(6);

    assertThat(before).extracting(partial -> partial.piece().since()).containsExactly(1L);
    assertThat(preAggregation.rows())
        .extracting(partial -> partial.piece().since())
        .containsExactly(2L);
  }

  @Test
  void aResultBearsTheVersionInForceAndTheLowestOfItsRows() throws Exception {
    feed(3);
    switchTo(2, 5);
    feed(4);
    switchTo(3, 6);

    windows.watermark(WINDOW_MILLIS - 1);

    assertThat(versions(windows.rows())).containsExactly("version 3 since 1");
  }

  @Test
  void aWindowThatBeginsBehindTheSwitchKnowsNothingOfTheOldVersion() throws Exception {
    switchTo(2, 5);
    feed(3);
    switchTo(2, 6);

    windows.watermark(WINDOW_MILLIS - 1);

    assertThat(versions(windows.rows())).containsExactly("version 2 since 2");
  }

  @Test
  void restoredWindowsKeepTheLowestVersionOfTheirRows() throws Exception {
    feed(3);
    switchTo(2, 5);
    var state = windows.snapshot(5);
    windows.close();

    windows = ConfiguredSubtask.of(windows(), FakeCoordinator.welcoming(2, 20));
    windows.open(state);
    windows.watermark(WINDOW_MILLIS - 1);

    assertThat(versions(windows.rows())).containsExactly("version 2 since 1");
  }

  @Test
  void theLastResultsOfAJobBearTheLastVersion() throws Exception {
    feed(3);
    switchTo(2, 5);

    windows.finish();

    assertThat(versions(windows.rows())).containsExactly("version 2 since 1");
  }

  @Test
  void refusesLengthsThatCannotBe() throws Exception {
    first.prepare(5, 2, -1);
    second.prepare(5, 2, -1);
    String reason = "factor is -1; at least 0 is allowed";

    assertThat(first.heard()).containsExactly(new Prepared(0, 5, 1, reason));
    assertThat(second.heard()).containsExactly(new Prepared(0, 5, 1, reason));
  }

  private void feed(long time) throws Exception {
    preAggregation.feed(new Click(time, "a", 1).row(), time);
  }

  /** Has a barrier pass both operators, with what the first one holds in front of it. */
  private void switchTo(long version, long checkpoint) throws Exception {
    first.prepare(checkpoint, version, 10 * version);
    second.prepare(checkpoint, version, 10 * version);
    preAggregation.barrier(checkpoint);
    for (Partial partial : preAggregation.rows()) {
      windows.feed(partial, partial.span().start());
    }
    windows.barrier(checkpoint);
  }

  private static List<String> versions(List<Row> results) {
    return results.stream()
        .map(
            row ->
                "version %d since %d"
                    .formatted(row.longAt(row.size() - 2), row.longAt(row.size() - 1)))
        .toList();
  }

  private static Transformation<Row> windows() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            Configuration.fromMap(Map.of("execution.checkpointing.interval", "10s")));
    EpochSettings settings =
        EpochSettings.following(
            "job",
            () -> {
              throw new IllegalStateException("a subtask opens no store");
            });
    return WindowedAggregation.apply(
            env.fromData(new RowTypeInfo(Clicks.SCHEMA), new Click(0, "a", 1).row()),
            Clicks.SCHEMA,
            Clicks.plan(new Windowing.Tumbling(WINDOW_MILLIS), PreAggregation.DEFAULT),
            Epochs.of(env, settings),
            Lengths.TYPE,
            "clicks")
        .rows()
        .getTransformation();
  }

  // The one in front of the shuffle.
  @SuppressWarnings("unchecked")
  private static Transformation<Partial> preAggregation() {
    return (Transformation<Partial>) windows().getInputs().get(0).getInputs().get(0);
  }

  /** A factor is as good a document as any. */
  private enum Lengths implements ConfigurationType<ListLengths> {
    TYPE;

    @Override
    public String schema() {
      return Factor.Type.INSTANCE.schema();
    }

    @Override
    public ListLengths decode(String document) throws InvalidConfigurationException {
      Factor factor = Factor.Type.INSTANCE.decode(document);
      return new ListLengths(Map.of("top", (int) factor.factor()));
    }
  }
}
