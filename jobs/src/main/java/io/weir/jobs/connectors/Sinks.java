package io.weir.jobs.connectors;

import io.weir.operators.row.Row;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;

/** Ends a job's graph in the sink that its settings name. */
public final class Sinks {

  private Sinks() {}

  /**
   * Sends rows to a sink, at the parallelism of the environment.
   *
   * <p>Rows of one key must reach the sink in order, and so by one path: behind an operator keyed
   * by it, at the same parallelism. Else an older row may replace a newer one.
   *
   * @param uid names the sink's operators and their state
   */
  public static DataStreamSink<Row> attach(
      DataStream<Row> rows, Table table, SinkSettings sink, String uid) {
    return rows.sinkTo(sink.sink(table)).uid(uid).name(uid);
  }
}
