package io.weir.consensus;

import java.time.Instant;

/**
 * What a running job did with a version.
 *
 * @param job whose configuration it is
 * @param flinkJobId the run of the job, as Flink names it
 * @param checkpoint the checkpoint whose barrier it came with
 * @param version of the configuration; 0 is the document that a job had with its settings
 * @param hash of the version, see {@link Chain}; empty for version 0, and in entries of releases
 *     that did not note it
 * @param time when the job noted it
 * @param subtasks how many were configured
 * @param outcome what the job did
 * @param note why it was refused, or the store not followed; else empty
 */
public record LedgerEntry(
    String job,
    String flinkJobId,
    long checkpoint,
    long version,
    String hash,
    Instant time,
    int subtasks,
    Outcome outcome,
    String note) {

  /** What a job does with a version. */
  public enum Outcome {
    /** Its checkpoint completed: every record behind the barrier was processed under it. */
    IN_FORCE,
    /** The job cannot use it, and stays on the version that it had. */
    REFUSED,
    /**
     * It is what the job holds, and the store's history does not contain it: the job stays on the
     * version in force until somebody adopts the store's history, see {@link Change.Adopt}.
     */
    NOT_FOLLOWED
  }

  public LedgerEntry {
    Limits.checkJob(job);
    Limits.checkNotBlank("Flink job id", flinkJobId, Limits.REQUEST_ID_CHARACTERS);
    Limits.checkVersion("checkpoint", checkpoint, 0);
    Limits.checkVersion("version", version, 0);
    if (!hash.isEmpty() || outcome == Outcome.NOT_FOLLOWED) {
      var unused = new VersionId(version, hash);
    }
    Limits.checkText("note", note, Limits.NOTE_CHARACTERS);
  }

  /** The version in its history; only where the entry has a hash. */
  public VersionId id() {
    return new VersionId(version, hash);
  }
}
