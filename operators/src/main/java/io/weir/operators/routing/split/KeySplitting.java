package io.weir.operators.routing.split;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.operator.Epochs;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** Puts aggregates whose keys may be split into streams. */
public final class KeySplitting {

  private KeySplitting() {}

  /**
   * What an aggregate makes of a stream.
   *
   * @param results (key, beginning of the window in ms, result), each once
   * @param late (key, beginning of the window, accumulator) of rows that came when their window was
   *     closed; empty if lateness is decided behind the source
   */
  public record Aggregated<K, ACC, OUT>(
      SingleOutputStreamOperator<Tuple3<K, Long, OUT>> results,
      DataStream<Tuple3<K, Long, ACC>> late) {}

  /**
   * Aggregates rows by key and window: a route, chained to the rows; receivers that aggregate what
   * they get; behind a shuffle by key, the merge.
   *
   * @param rows each with its event time as timestamp; watermarks that no row undercuts
   */
  public static <IN, K, ACC, OUT> Aggregated<K, ACC, OUT> aggregate(
      DataStream<IN> rows, SplitAggregate<IN, K, ACC, OUT> aggregate, SplitSettings settings) {
    TypeInformation<Tuple3<K, Long, ACC>> partialType =
        Types.TUPLE(aggregate.keyType(), Types.LONG, aggregate.accumulatorType());
    SingleOutputStreamOperator<Tuple3<K, Long, ACC>> partials =
        route(
                rows,
                row -> aggregate.key().getKey(row).hashCode(),
                settings.epochs(),
                settings.type(),
                settings.uid() + "-route")
            .transform(
                "partial", partialType, new PartialOperator<>(aggregate, settings.maxEntries()))
            .uid(settings.uid() + "-partial");
    OutputTag<Tuple3<K, Long, ACC>> late = new OutputTag<>("late-partials", partialType);
    SingleOutputStreamOperator<Tuple3<K, Long, OUT>> results =
        partials
            .keyBy(partial -> partial.f0, aggregate.keyType())
            .transform(
                "merge",
                Types.TUPLE(aggregate.keyType(), Types.LONG, aggregate.resultType()),
                new MergeOperator<>(aggregate, late))
            .uid(settings.uid() + "-merge");
    return new Aggregated<>(results, results.getSideOutput(late));
  }

  /**
   * Only sends rows to the receivers of their keys: for jobs that aggregate and merge by
   * themselves.
   *
   * @param type what the job's documents say about these keys
   * @param uid of the operator that steers, and the route's name in errors and metrics
   */
  public static <T> DataStream<T> route(
      DataStream<T> rows,
      KeyHash<T> key,
      Epochs epochs,
      ConfigurationType<KeySplit> type,
      String uid) {
    return new SplitOperator<T>(type, uid)
        .attach(rows, epochs, "split", new SplitPartitioner<>(uid, key));
  }
}
