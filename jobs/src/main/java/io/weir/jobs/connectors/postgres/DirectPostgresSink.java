package io.weir.jobs.connectors.postgres;

import io.weir.operators.row.Row;
import java.io.IOException;
import java.sql.SQLException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores rows at least once: when a buffer is full and at each barrier. After a failure a reader
 * has seen rows of the epoch that is then repeated.
 */
public final class DirectPostgresSink implements Sink<Row> {

  private static final long serialVersionUID = 1;
  private static final int BATCH_BYTES = 1 << 20;
  private static final int MAX_RETRIES = 10;

  private final PostgresSettings settings;

  public DirectPostgresSink(PostgresSettings settings) {
    this.settings = settings;
  }

  @Override
  public SinkWriter<Row> createWriter(WriterInitContext context) throws IOException {
    Upserts upserts = new Upserts(settings);
    try {
      upserts.open();
    } catch (SQLException | UnfitTableException e) {
      upserts.close();
      throw new IOException("cannot use " + settings.database(), e);
    }
    return new Writer(
        upserts,
        new RowBuffer(settings.table(), BATCH_BYTES),
        context.metricGroup().getNumRecordsSendCounter());
  }

  private record Writer(Upserts upserts, RowBuffer buffer, Counter sent)
      implements SinkWriter<Row> {

    private static final Logger LOG = LoggerFactory.getLogger(DirectPostgresSink.class);

    @Override
    public void write(Row row, Context context) throws IOException, InterruptedException {
      buffer.add(row);
      sent.inc();
      if (buffer.hasFullBatch()) {
        flush(false);
      }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
      for (RowBatch batch : buffer.drain()) {
        store(batch);
      }
    }

    private void store(RowBatch batch) throws IOException, InterruptedException {
      for (int retries = 0; !stored(batch, retries); retries++) {
        Thread.sleep(Retries.pauseMillis(retries + 1));
      }
    }

    private boolean stored(RowBatch batch, int retries) throws IOException {
      try {
        upserts.store(batch);
        return true;
      } catch (SQLException e) {
        upserts.disconnect();
        if (retries == MAX_RETRIES || !Retries.mayPass(e)) {
          throw new IOException("PostgreSQL refuses " + batch + ", " + retries + " retries", e);
        }
        LOG.warn("cannot store {} after {} retries", batch, retries, e);
        return false;
      }
    }

    @Override
    public void close() {
      upserts.close();
    }
  }
}
