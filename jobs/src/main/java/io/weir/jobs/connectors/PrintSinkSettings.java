package io.weir.jobs.connectors;

import io.weir.jobs.encoding.RowFormat;
import io.weir.operators.row.Row;
import org.apache.flink.api.connector.sink2.Sink;

/** Rows as lines on the standard output, for people; a failure may repeat some. */
public record PrintSinkSettings(RowFormat format) implements SinkSettings {

  @Override
  public PrintSinkSettings part(String name) {
    return this;
  }

  @Override
  public Sink<Row> sink(Table table) {
    return new SinkPrint(format, table.schema());
  }
}
