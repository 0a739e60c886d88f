package io.weir.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.intake.DeadLetter;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.window.Clicks.Click;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both operators in a cluster. */
class WindowedAggregationTest {

  private static final int CLICKS = 5_000;
  private static final Windowing HOPPING = new Windowing.Hopping(1000, 250);

  @ParameterizedTest
  @CsvSource({"1, true, true", "4, false, true", "4, true, false"})
  void givesTheBatchsResults(int parallelism, boolean objectReuse, boolean preAggregation)
      throws Exception {
    WindowPlan plan =
        Clicks.plan(HOPPING, preAggregation ? PreAggregation.DEFAULT : PreAggregation.OFF);
    StreamExecutionEnvironment env = environment(parallelism, objectReuse);

    List<Row> results =
        WindowedAggregation.apply(clicks(env), Clicks.SCHEMA, plan, "clicks")
            .rows()
            .executeAndCollect(100_000);

    List<Click> all = LongStream.range(0, CLICKS).mapToObj(WindowedAggregationTest::click).toList();
    assertThat(results)
        .extracting(Clicks::text)
        .containsExactlyInAnyOrderElementsOf(Clicks.batch(HOPPING, all));
  }

  @Test
  void namesItsOperatorsAndLeavesTheMaxParallelismAlone() {
    StreamExecutionEnvironment env = environment(2, true);

    WindowedRows windowed =
        WindowedAggregation.apply(
            clicks(env), Clicks.SCHEMA, Clicks.plan(HOPPING, PreAggregation.DEFAULT), "clicks");

    assertThat(windowed.rows().getTransformation().getUid()).isEqualTo("clicks-window");
    assertThat(windowed.rows().getType()).isEqualTo(new RowTypeInfo(windowed.schema()));
    windowed.rows().print();
    assertThat(env.getStreamGraph().getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .contains("clicks-pre-aggregate", "clicks-window");
    assertThat(windowed.rows().getTransformation().getMaxParallelism()).isEqualTo(-1);
  }

  @Test
  void deadLettersNeedNoKryo() {
    assertThat(TypeInformation.of(DeadLetter.class)).isInstanceOf(PojoTypeInfo.class);
    assertThat(((PojoTypeInfo<?>) TypeInformation.of(DeadLetter.class)).getFieldNames())
        .contains("reason", "detail", "origin", "position", "bytes");
  }

  private static StreamExecutionEnvironment environment(int parallelism, boolean objectReuse) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, objectReuse);
    return StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
  }

  private static DataStream<Row> clicks(StreamExecutionEnvironment env) {
    return env.fromSource(
            new NumberSequenceSource(0, CLICKS - 1), WatermarkStrategy.noWatermarks(), "numbers")
        .map(n -> click(n).row())
        .returns(new RowTypeInfo(Clicks.SCHEMA))
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Row>forBoundedOutOfOrderness(Duration.ofMillis(20))
                .withTimestampAssigner((row, none) -> click(row.longAt(0)).time()));
  }

  private static Click click(long n) {
    return new Click(n - n % 7 * 3, n % 11 == 0 ? null : "p" + n * n % 5, n);
  }
}
