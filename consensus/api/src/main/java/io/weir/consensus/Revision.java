package io.weir.consensus;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of one job's configuration, and how it came about.
 *
 * @param job whose configuration it is
 * @param version 1, 2, 3, ...
 * @param kind what made it; a {@link Change.Kind#DELETE} is a tombstone without content
 * @param time when it was agreed, by the cluster's clock
 * @param author who proposed it
 * @param reason why
 * @param requestId of the proposal
 * @param rolledBackTo the version that a rollback took its content from; else 0
 * @param abandoned the version of another history from which jobs may go on with this one; null for
 *     all but a {@link Change.Kind#ADOPT}
 * @param documentHash SHA-256 of the document as it was written, in hex; empty for a tombstone
 * @param previousHash {@link #hash} of the version before; empty for version 1
 * @param hash of all of the above, see {@link Chain}: equal hashes mean equal histories
 * @param document as it was written; null for a tombstone, for a version whose content was
 *     compacted, and where a method returns versions without content
 */
public record Revision(
    String job,
    long version,
    Change.Kind kind,
    Instant time,
    String author,
    String reason,
    String requestId,
    long rolledBackTo,
    @Nullable VersionId abandoned,
    String documentHash,
    String previousHash,
    String hash,
    @Nullable String document) {

  public boolean isTombstone() {
    return kind == Change.Kind.DELETE;
  }

  public Optional<String> content() {
    return Optional.ofNullable(document);
  }

  public Revision withDocument(@Nullable String other) {
    return with(hash, other);
  }

  public Revision withHash(String other) {
    return with(other, document);
  }

  private Revision with(String otherHash, @Nullable String otherDocument) {
    return new Revision(
        job,
        version,
        kind,
        time,
        author,
        reason,
        requestId,
        rolledBackTo,
        abandoned,
        documentHash,
        previousHash,
        otherHash,
        otherDocument);
  }
}
