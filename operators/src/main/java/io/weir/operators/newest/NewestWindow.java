package io.weir.operators.newest;

import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * What is shown of the newest window: the one that closed last, by the watermark. A group that has
 * no row in it is not shown.
 *
 * @param title of the table; part of the metrics' names
 * @param groupBy text columns by which groups are told apart; labels
 * @param measures columns of numbers, each a gauge of its name; beside them there is {@code
 *     window_start}, in seconds since 1970
 * @param size of the windows, which are tumbling
 * @param maxGroups so many groups a subtask shows in its life, the first ones that come; what
 *     others have is counted (<i>title</i>{@code .groupsLeftOut})
 */
public record NewestWindow(
    String title, List<String> groupBy, List<String> measures, Duration size, int maxGroups)
    implements Serializable {

  public NewestWindow {
    groupBy = List.copyOf(groupBy);
    measures = List.copyOf(measures);
  }

  /**
   * Shows rows and passes them on.
   *
   * @param results of windows, straight from the operator that closes them: each group's from one
   *     subtask, with {@code window_start} and {@code window_end}
   * @param uid of the operator
   * @throws IllegalArgumentException if a column is missing
   */
  public DataStream<Row> show(DataStream<Row> results, Schema schema, String uid) {
    SingleOutputStreamOperator<Row> shown =
        results
            .transform("newest", results.getType(), new NewestWindowOperator(this, schema))
            .uid(uid);
    if (results.getTransformation().isParallelismConfigured()) {
      shown.setParallelism(results.getParallelism());
    }
    return shown;
  }
}
