package io.weir.consensus.server.backup;

/**
 * How much a backup holds.
 *
 * @param jobs deleted ones included
 * @param versions of all jobs
 * @param entries of all ledgers
 */
public record Contents(int jobs, int versions, int entries) {

  static final Contents NONE = new Contents(0, 0, 0);

  Contents plus(int moreJobs, int moreVersions, int moreEntries) {
    return new Contents(jobs + moreJobs, versions + moreVersions, entries + moreEntries);
  }

  @Override
  public String toString() {
    return "%,d jobs, %,d versions, %,d ledger entries".formatted(jobs, versions, entries);
  }
}
