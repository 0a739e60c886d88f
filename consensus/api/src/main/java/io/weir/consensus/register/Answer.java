package io.weir.consensus.register;

import io.weir.consensus.Revision;

/** What the register makes of a command. */
public sealed interface Answer {

  /**
   * The proposal is, or already was, carried out.
   *
   * @param revision the version that it made, without content
   */
  record Proposed(Revision revision) implements Answer {}

  /** A schema or ledger entry is in. */
  record Noted() implements Answer {}

  /**
   * The job is not at the expected version.
   *
   * @param actual the version it is at; 0 when it never existed
   */
  record Conflict(long actual) implements Answer {}

  /**
   * The document was checked against a schema that is no longer the job's, or was not the one that
   * an adoption repeats: check again.
   */
  record SchemaChanged() implements Answer {}

  /** There never was such a job. */
  record UnknownJob() implements Answer {}

  /**
   * The version has no content to go back to, or never existed.
   *
   * @param newest the job's newest version
   */
  record UnknownVersion(long newest) implements Answer {}

  /**
   * The version's content is gone.
   *
   * @param oldest the oldest version with content
   */
  record Compacted(long oldest) implements Answer {}

  /**
   * It will never be done.
   *
   * @param reason for people
   */
  record Refused(String reason) implements Answer {}
}
