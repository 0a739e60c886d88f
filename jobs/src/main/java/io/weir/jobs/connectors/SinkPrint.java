package io.weir.jobs.connectors;

import io.weir.jobs.encoding.RowEncoder;
import io.weir.jobs.encoding.RowFormat;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Prints rows; each line goes out at once and in one piece. */
record SinkPrint(RowFormat format, Schema schema) implements Sink<Row> {

  @Override
  public SinkWriter<Row> createWriter(WriterInitContext context) {
    return new Writer(format.encoder(schema), new ByteArrayOutputStream(), System.out);
  }

  private record Writer(RowEncoder encoder, ByteArrayOutputStream line, PrintStream out)
      implements SinkWriter<Row> {

    @Override
    public void write(Row row, Context context) throws IOException {
      line.reset();
      encoder.encode(row, line);
      line.write('\n');
      // One call a line: subtasks share the stream.
      out.write(line.toByteArray(), 0, line.size());
    }

    @Override
    public void flush(boolean endOfInput) {
      out.flush();
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
