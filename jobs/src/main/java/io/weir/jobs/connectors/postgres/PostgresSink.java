package io.weir.jobs.connectors.postgres;

import io.weir.operators.row.Row;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.Counter;

/**
 * Stores rows exactly once: with the checkpoint that they belong to. The rows of an epoch wait on
 * the heap, as bytes; the time between checkpoints bounds how many they are.
 */
public final class PostgresSink implements Sink<Row>, SupportsCommitter<RowBatch> {

  private static final long serialVersionUID = 1;

  /** A transaction's share: large enough to be quick, small enough for the heap. */
  static final int BATCH_BYTES = 4 << 20;

  private final PostgresSettings settings;

  public PostgresSink(PostgresSettings settings) {
    this.settings = settings;
  }

  @Override
  public CommittingSinkWriter<Row, RowBatch> createWriter(WriterInitContext context)
      throws IOException {
    try (Upserts upserts = new Upserts(settings)) {
      upserts.open();
    } catch (SQLException e) {
      throw new IOException("cannot use " + settings.database(), e);
    }
    return new Writer(
        new RowBuffer(settings.table(), BATCH_BYTES),
        context.metricGroup().getNumRecordsSendCounter());
  }

  @Override
  public Committer<RowBatch> createCommitter(CommitterInitContext context) {
    return new PostgresCommitter(new Upserts(settings));
  }

  @Override
  public SimpleVersionedSerializer<RowBatch> getCommittableSerializer() {
    return new RowBatchSerializer();
  }

  private record Writer(RowBuffer buffer, Counter sent)
      implements CommittingSinkWriter<Row, RowBatch> {

    @Override
    public void write(Row row, Context context) throws IOException {
      buffer.add(row);
      sent.inc();
    }

    @Override
    public void flush(boolean endOfInput) {
      // Rows leave with the checkpoint only.
    }

    @Override
    public Collection<RowBatch> prepareCommit() {
      return buffer.drain();
    }

    @Override
    public void close() {
      // What is still here belongs to an epoch that never completed.
    }
  }
}
