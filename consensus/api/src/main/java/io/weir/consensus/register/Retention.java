package io.weir.consensus.register;

import io.weir.consensus.Limits;

/**
 * How much of the past is kept. All nodes of a cluster must have the same, because what is gone
 * decides whether a rollback succeeds.
 *
 * @param contents newest versions of a job with content
 * @param versions newest versions of a job at all
 * @param ledger newest ledger entries of a job
 * @param jobs jobs of the store, deleted ones included
 * @param bytes of memory that all jobs together take, about; when more comes, the job with the most
 *     loses its oldest: content, then the version, then ledger entries. The newest version of a job
 *     always keeps its content
 */
public record Retention(int contents, int versions, int ledger, int jobs, long bytes) {

  /**
   * What every cluster has. Restoring a snapshot takes three times the bytes: the state before and
   * after, and the snapshot. A node has 512 MiB, of which two thirds are for what lives long, and
   * its log takes some, too.
   */
  public static final Retention DEFAULT =
      new Retention(
          Limits.VERSIONS_WITH_CONTENT,
          Limits.VERSIONS,
          Limits.LEDGER_ENTRIES,
          Limits.JOBS,
          64L * 1024 * 1024);

  public Retention {
    if (contents < 1 || versions < contents || ledger < 1 || jobs < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "not a retention: %d contents, %d versions, %d ledger entries, %d jobs, %d bytes"
              .formatted(contents, versions, ledger, jobs, bytes));
    }
  }
}
