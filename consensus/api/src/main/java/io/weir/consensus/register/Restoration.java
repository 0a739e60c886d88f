package io.weir.consensus.register;

import io.weir.consensus.Chain;
import io.weir.consensus.Revision;
import io.weir.consensus.VersionId;
import java.util.Optional;

/**
 * How a job comes back from a backup: version by version, as they were, oldest first. Until the
 * newest has come nobody sees any, so that no job begins under an old one, and nobody proposes, so
 * that the rest still fits.
 */
final class Restoration {

  private Restoration() {}

  static Answer apply(JobHistory history, Command.BeginRestore command) {
    Optional<Answer> settled = settled(history, command);
    if (settled.isEmpty()) {
      history.takeTarget(command.newest());
    }
    return settled.orElseGet(Answer.Noted::new);
  }

  static Answer apply(JobHistory history, Command.Restore command) {
    Optional<Answer> settled = settled(history, command);
    if (settled.isEmpty()) {
      Stored next = command.version();
      boolean whole = VersionId.of(next.revision()).equals(history.target());
      history.take(next);
      if (whole) {
        history.takeTarget(null);
      }
    }
    return settled.orElseGet(Answer.Noted::new);
  }

  /** The answer when a restoration need not begin: it did so before, or is refused. */
  static Optional<Answer> settled(JobHistory history, Command.BeginRestore command) {
    VersionId target = history.target();
    if (target != null) {
      return Optional.of(
          target.equals(command.newest()) ? progress(history) : refuseOther(history, target));
    }
    if (history.last() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        history
            .stored(command.newest().version())
            .map(Stored::revision)
            .filter(revision -> revision.hash().equals(command.newest().hash()))
            .<Answer>map(Answer.Proposed::new)
            .orElseGet(() -> refuseFull(history)));
  }

  private static Answer progress(JobHistory history) {
    return history
        .stored(history.last())
        .<Answer>map(stored -> new Answer.Proposed(stored.revision()))
        .orElseGet(Answer.Noted::new);
  }

  private static Answer refuseOther(JobHistory history, VersionId target) {
    return new Answer.Refused(
        "job '"
            + history.job()
            + "' is being restored from another backup, up to "
            + target
            + ": finish that, or begin with an empty store");
  }

  private static Answer refuseFull(JobHistory history) {
    return new Answer.Refused(
        "job '%s' has versions already, the newest is %d: only a job without any can be restored"
            .formatted(history.job(), history.last()));
  }

  /** The answer to a version that is not to be taken: it is here already, or does not fit. */
  static Optional<Answer> settled(JobHistory history, Command.Restore command) {
    Revision next = command.version().revision();
    Optional<Stored> known = history.stored(next.version());
    if (known.isPresent() && known.get().revision().hash().equals(next.hash())) {
      return Optional.of(new Answer.Noted());
    }
    VersionId target = history.target();
    if (target == null) {
      return refused(next, "the job is not being restored");
    }
    if (!isNext(history, next)) {
      return refused(next, "it does not continue version " + history.last() + " which is here");
    }
    boolean beyond =
        next.version() > target.version()
            || (next.version() == target.version() && !next.hash().equals(target.hash()));
    return beyond ? refused(next, "the backup ends with " + target) : Optional.empty();
  }

  private static boolean isNext(JobHistory history, Revision next) {
    return history
        .stored(history.last())
        .map(stored -> Chain.follows(next, stored.revision()))
        .orElseGet(() -> next.hash().equals(Chain.hash(next)));
  }

  private static Optional<Answer> refused(Revision next, String why) {
    return Optional.of(
        new Answer.Refused(
            "version %d of job '%s' cannot be restored: %s"
                .formatted(next.version(), next.job(), why)));
  }

  static Answer refuseUntilWhole(JobHistory history) {
    return new Answer.Refused(
        "job '%s' is being restored from a backup: it is at version %d and will be whole with %s"
            .formatted(history.job(), history.last(), history.target()));
  }
}
