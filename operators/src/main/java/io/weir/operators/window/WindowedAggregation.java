package io.weir.operators.window;

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
   * Adds the pre-aggregation, chained to the rows, and the windows behind a shuffle by group.
   *
   * @param rows each with its event time as timestamp; watermarks that no row undercuts
   * @param uidPrefix the operators' uids are this and {@code -pre-aggregate} and {@code -window}
   * @throws IllegalArgumentException in words for users, if the plan does not fit the input
   */
  public static WindowedRows apply(
      DataStream<Row> rows, Schema input, WindowPlan plan, String uidPrefix) {
    GroupColumns group = plan.group(input);
    PieceSerializer pieces = plan.pieces(input);
    ResultRows results = plan.results(input);
    SingleOutputStreamOperator<Row> windows =
        partials(rows, plan, group, pieces, uidPrefix)
            .keyBy(Partial::key, GroupKeySerializer.TYPE)
            .transform(
                "window " + plan.windowing(),
                new RowTypeInfo(results.schema()),
                new WindowOperator(plan.windowing(), group, pieces, results))
            .uid(uidPrefix + "-window");
    return new WindowedRows(
        windows, windows.getSideOutput(WindowOperator.DEAD_LETTERS), results.schema());
  }

  private static DataStream<Partial> partials(
      DataStream<Row> rows,
      WindowPlan plan,
      GroupColumns group,
      PieceSerializer pieces,
      String uidPrefix) {
    SingleOutputStreamOperator<Partial> partials =
        rows.transform(
                "pre-aggregate",
                new SerializedTypeInfo<>(Partial.class, new PartialSerializer(pieces), false),
                new PreAggregateOperator(group, plan.windowing(), pieces, plan.preAggregation()))
            .uid(uidPrefix + "-pre-aggregate");
    // Without the same parallelism there would be no chain.
    if (rows.getTransformation().isParallelismConfigured()) {
      partials.setParallelism(rows.getParallelism());
    }
    return partials;
  }
}
