package io.weir.consensus.server.runs;

import io.weir.consensus.LedgerEntry;
import io.weir.consensus.LedgerEntry.Outcome;
import io.weir.consensus.Revision;
import io.weir.consensus.VersionId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a job stands.
 *
 * @param newest version in the store
 * @param agreed the version in force as the store agreed on it, if the store still has it
 * @param ledger what the job's runs have said, oldest first
 */
public record JobStatus(Revision newest, Optional<Revision> agreed, List<LedgerEntry> ledger) {

  /** What has become of the newest version. */
  public enum State {
    /** It is in force. */
    IN_FORCE,
    /** No run has said anything of it yet: it comes with a checkpoint, if the job runs. */
    WAITING,
    /** The job cannot use it. */
    REFUSED,
    /** It is a tombstone: the job stays on what it has. */
    DELETED,
    /** The job holds a version of another history: it takes nothing from this store. */
    NOT_FOLLOWED,
    /** The job is told to give up the version of another history that it holds. */
    ADOPTED;

    /** As it is written in answers. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public JobStatus {
    ledger = List.copyOf(ledger);
  }

  /** The newest entry of a version that came into force. */
  public static Optional<LedgerEntry> lastInForce(List<LedgerEntry> ledger) {
    return last(ledger, Outcome.IN_FORCE);
  }

  private static Optional<LedgerEntry> last(List<LedgerEntry> ledger, Outcome outcome) {
    return of(ledger, outcome).stream().reduce((older, newer) -> newer);
  }

  private static List<LedgerEntry> of(List<LedgerEntry> ledger, Outcome outcome) {
    return ledger.stream().filter(entry -> entry.outcome() == outcome).toList();
  }

  public Optional<LedgerEntry> inForce() {
    return lastInForce(ledger);
  }

  /** Every time that a version came into force, oldest first. */
  public List<LedgerEntry> switches() {
    return of(ledger, Outcome.IN_FORCE);
  }

  /** Every version that could not be used, oldest first. */
  public List<LedgerEntry> refusals() {
    return of(ledger, Outcome.REFUSED);
  }

  /** Every time that a run found this store's history to be another one, oldest first. */
  public List<LedgerEntry> notFollowed() {
    return of(ledger, Outcome.NOT_FOLLOWED);
  }

  public State state() {
    Optional<LedgerEntry> apart = apart();
    if (apart.isPresent()) {
      VersionId abandoned = newest.abandoned();
      boolean adopted = abandoned != null && abandoned.hash().equals(apart.get().hash());
      return adopted ? State.ADOPTED : State.NOT_FOLLOWED;
    }
    if (newest.isTombstone()) {
      return State.DELETED;
    }
    if (inForce().filter(this::isNewest).isPresent()) {
      return State.IN_FORCE;
    }
    return refusal().isPresent() ? State.REFUSED : State.WAITING;
  }

  /** What the state has to be said of, in the job's words; empty where there is nothing. */
  public String why() {
    return switch (state()) {
      case REFUSED, DELETED -> refusal().map(LedgerEntry::note).orElse("");
      case NOT_FOLLOWED, ADOPTED -> apart().map(LedgerEntry::note).orElse("");
      case IN_FORCE, WAITING -> "";
    };
  }

  /** What a run holds of another history, if that is the last that was heard. */
  public Optional<LedgerEntry> apart() {
    return ledger.stream()
        .filter(entry -> entry.outcome() != Outcome.REFUSED)
        .reduce((older, newer) -> newer)
        .filter(entry -> entry.outcome() == Outcome.NOT_FOLLOWED);
  }

  private Optional<LedgerEntry> refusal() {
    return last(refusals().stream().filter(this::isNewest).toList(), Outcome.REFUSED);
  }

  private boolean isNewest(LedgerEntry entry) {
    return isOf(entry, newest);
  }

  // Entries of earlier releases have no hash.
  private static boolean isOf(LedgerEntry entry, Revision revision) {
    return entry.version() == revision.version()
        && (entry.hash().isEmpty() || entry.hash().equals(revision.hash()));
  }

  /** From the store's agreement to the job's note, by the clocks of the two. */
  public Optional<Duration> delay() {
    return inForce()
        .flatMap(
            entry ->
                agreed
                    .filter(revision -> isOf(entry, revision))
                    .map(revision -> Duration.between(revision.time(), entry.time())))
        .filter(delay -> !delay.isNegative());
  }
}
