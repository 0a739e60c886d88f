package io.weir.operators.epoch.store;

import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a job tells a store of itself: its schema, and a first document where there is none. */
final class Introduction {

  private static final Logger LOG = LoggerFactory.getLogger(Introduction.class);
  private static final String AUTHOR = "weir job";

  private final String job;
  private final String schema;
  private final ConfigurationStore store;

  Introduction(String job, String schema, ConfigurationStore store) {
    this.job = job;
    this.schema = schema;
    this.store = store;
  }

  // The job checks versions by itself too; the store refuses wrong ones before they are agreed.
  void registerSchema() {
    var unused =
        store
            .registerSchema(job, schema)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    LOG.warn(
                        "the store does not take the schema of job {}: {}",
                        job,
                        StoreFollower.cause(failure).getMessage());
                  }
                });
  }

  /** Jobs that start together agree: only one proposal makes version 1, and all read it. */
  CompletableFuture<Revision> propose(String document) {
    return store.propose(
        Proposal.of(job, 0, new Change.Set(document), AUTHOR, "initial-configuration of the job"));
  }
}
