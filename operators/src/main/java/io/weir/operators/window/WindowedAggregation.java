package io.weir.operators.window;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.epoch.stamp.Stamp;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.row.Schema;
import io.weir.operators.row.SerializedTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Puts windowed aggregates into a job. */
public final class WindowedAggregation {

  private WindowedAggregation() {}

  /**
   * Adds windows whose lists are as long as declared, and whose version is 0.
   *
   * @see #apply(DataStream, Schema, WindowPlan, Epochs, ConfigurationType, String)
   */
  public static WindowedRows apply(
      DataStream<Row> rows, Schema input, WindowPlan plan, String uidPrefix) {
    Epochs fixed = Epochs.of(rows.getExecutionEnvironment(), EpochSettings.fixed(uidPrefix, ""));
    return apply(rows, input, plan, fixed, ListLengths.AsDeclared.TYPE, uidPrefix);
  }

  /**
   * Adds the pre-aggregation, chained to the rows, and the windows behind a shuffle by group.
   *
   * @param rows each with its event time as timestamp; watermarks that no row undercuts
   * @param type what the job's configuration says of windows
   * @param uidPrefix the operators' uids are this and {@code -pre-aggregate} and {@code -window}
   * @throws IllegalArgumentException in words for users, if the plan does not fit the input
   */
  public static WindowedRows apply(
      DataStream<Row> rows,
      Schema input,
      WindowPlan plan,
      Epochs epochs,
      ConfigurationType<ListLengths> type,
      String uidPrefix) {
    GroupColumns group = plan.group(input);
    PieceSerializer pieces = plan.pieces(input);
    ResultRows results = plan.results(input);
    SingleOutputStreamOperator<Partial> partials =
        epochs
            .transform(
                rows,
                "pre-aggregate",
                new SerializedTypeInfo<>(Partial.class, new PartialSerializer(pieces), false),
                new PreAggregateOperator(group, plan, pieces, type, input.record()))
            .uid(uidPrefix + "-pre-aggregate");
    chain(rows, partials);
    SingleOutputStreamOperator<Row> windows =
        epochs
            .transform(
                partials.keyBy(Partial::key, GroupKeySerializer.TYPE),
                "window " + plan.windowing(),
                new RowTypeInfo(results.schema()),
                new WindowOperator(plan.windowing(), group, pieces, results, type))
            .uid(uidPrefix + "-window");
    return new WindowedRows(
        windows,
        windows.getSideOutput(WindowOperator.DEAD_LETTERS),
        partials.getSideOutput(Stamp.OUTPUT).union(windows.getSideOutput(Stamp.OUTPUT)),
        results.schema());
  }

  // Without the same parallelism there would be no chain.
  private static void chain(DataStream<Row> rows, SingleOutputStreamOperator<Partial> partials) {
    if (rows.getTransformation().isParallelismConfigured()) {
      partials.setParallelism(rows.getParallelism());
    }
  }
}
