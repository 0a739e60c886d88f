package io.weir.consensus;

import java.util.UUID;

/**
 * A change that somebody wants to see agreed.
 *
 * @param job whose configuration it is; see {@link Limits#checkJob}
 * @param expectedVersion the version that the change was made from; 0 when the job never existed
 * @param change what is to be done
 * @param author who wants it, for the history
 * @param reason why, for the history; may be empty
 * @param requestId tells repetitions of one proposal from another proposal
 */
public record Proposal(
    String job,
    long expectedVersion,
    Change change,
    String author,
    String reason,
    String requestId) {

  public Proposal {
    Limits.checkJob(job);
    Limits.checkVersion("expected version", expectedVersion, 0);
    Limits.checkNotBlank("author", author, Limits.AUTHOR_CHARACTERS);
    Limits.checkText("reason", reason, Limits.REASON_CHARACTERS);
    Limits.checkRequestId(requestId);
  }

  /** A proposal with a request id of its own. */
  public static Proposal of(
      String job, long expectedVersion, Change change, String author, String reason) {
    return new Proposal(job, expectedVersion, change, author, reason, UUID.randomUUID().toString());
  }
}
