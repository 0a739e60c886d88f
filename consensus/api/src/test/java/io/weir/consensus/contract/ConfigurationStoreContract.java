package io.weir.consensus.contract;

import java.util.UUID;
import org.junit.jupiter.api.Timeout;

/**
 * What every store promises, concept by concept. A subclass says how to get one; each test uses a
 * job of its own, so one store may serve all tests.
 */
@Timeout(60)
public abstract class ConfigurationStoreContract
    implements ProposalContract,
        DocumentContract,
        HistoryContract,
        WatchContract,
        LedgerContract,
        AdoptionContract,
        RestorationContract {

  private final String job = "job-" + UUID.randomUUID();

  @Override
  public final String job() {
    return job;
  }
}
