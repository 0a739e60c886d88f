package io.weir.jobs.connectors.postgres;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the batches of completed checkpoints, one transaction each, in the order of their rows.
 * Storing one again changes nothing.
 *
 * <p>What may pass is tried again, after a pause in the task's thread, as often as {@code
 * sink.committer.retries} allows (10 by default: about 26 seconds); then, or where it cannot pass,
 * the job fails and commits the batches after its restore.
 */
final class PostgresCommitter implements Committer<RowBatch> {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresCommitter.class);

  private final Upserts upserts;

  PostgresCommitter(Upserts upserts) {
    this.upserts = upserts;
  }

  @Override
  public void commit(Collection<CommitRequest<RowBatch>> requests)
      throws IOException, InterruptedException {
    boolean failed = false;
    for (CommitRequest<RowBatch> request : requests) {
      // INVARIANT: a batch is never stored before an earlier one: the last row of a key wins.
      failed = failed || !stored(request);
      if (failed) {
        request.retryLater();
      }
    }
    if (failed) {
      Thread.sleep(Retries.pauseMillis(requests.iterator().next().getNumberOfRetries()));
    }
  }

  private boolean stored(CommitRequest<RowBatch> request) throws IOException {
    try {
      upserts.store(request.getCommittable());
      return true;
    } catch (SQLException e) {
      upserts.disconnect();
      if (!Retries.mayPass(e)) {
        throw new IOException("PostgreSQL refuses " + request.getCommittable(), e);
      }
      LOG.warn(
          "cannot store {} after {} retries",
          request.getCommittable(),
          request.getNumberOfRetries(),
          e);
      return false;
    }
  }

  @Override
  public void close() {
    upserts.close();
  }
}
