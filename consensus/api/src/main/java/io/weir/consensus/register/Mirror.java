package io.weir.consensus.register;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A register that follows what nodes agree on elsewhere, job by job, and decides what becomes of a
 * command there. It decides as the register itself would.
 *
 * <p>One thread at a time; the register is read by any.
 */
public final class Mirror {

  /** What becomes of a command. */
  public sealed interface Decision {}

  /** Nothing is to be agreed on: it is refused, or was carried out before. */
  public record Settled(Answer answer) implements Decision {}

  /**
   * To be agreed on.
   *
   * @param answer to the command, once it is
   */
  public record Next(JobHead head, Answer answer) implements Decision {}

  private final Register register;

  public Mirror(Register register) {
    this.register = register;
  }

  /** The newest version that has arrived here; 0 for none. */
  public long newest(String job) {
    return register.job(job).map(JobHistory::last).orElse(0L);
  }

  /** Whether all of a job that a head stands for has arrived here, and no more. */
  public boolean isAt(JobHead head) {
    JobHistory history = register.historyOf(head.job());
    String hash = history.stored(history.last()).map(stored -> stored.revision().hash()).orElse("");
    return hash.equals(head.hash())
        && Objects.equals(history.target(), head.target())
        && history.schemaHash().equals(head.schemaHash())
        && history.schemaRequests().equals(head.schemaRequests());
  }

  /**
   * Decides on a command for a job that {@link #isAt} its head.
   *
   * @param timeMillis of a new version, unless the one before it is later
   */
  public Decision decide(JobHead head, long timeMillis, Command command) {
    Optional<Answer> full = register.refuseJob(command.job());
    if (full.isPresent()) {
      return new Settled(full.get());
    }
    if (command instanceof Command.Propose propose) {
      return decide(head, timeMillis, propose);
    }
    if (command instanceof Command.BeginRestore begin) {
      return decide(head, begin);
    }
    return command instanceof Command.Restore restore
        ? decide(head, restore)
        : decide(head, (Command.SetSchema) command);
  }

  private Decision decide(JobHead head, Command.BeginRestore command) {
    return Restoration.settled(register.historyOf(command.job()), command)
        .<Decision>map(Settled::new)
        .orElseGet(() -> new Next(head.restoring(command.newest()), new Answer.Noted()));
  }

  private Decision decide(JobHead head, Command.Restore command) {
    return Restoration.settled(register.historyOf(command.job()), command)
        .<Decision>map(Settled::new)
        .orElseGet(() -> new Next(head.restored(command.version()), new Answer.Noted()));
  }

  private Decision decide(JobHead head, long timeMillis, Command.Propose command) {
    JobHistory history = register.historyOf(command.job());
    Optional<Answer> settled = Register.settled(history, command);
    if (settled.isPresent()) {
      return new Settled(settled.get());
    }
    byte @Nullable [] content = Register.content(history, command);
    Stored next = history.draft(command, notBefore(head, timeMillis), content);
    return new Next(head.with(next), new Answer.Proposed(next.revision()));
  }

  private static long notBefore(JobHead head, long timeMillis) {
    Stored newest = head.newest();
    return newest == null
        ? timeMillis
        : Math.max(timeMillis, newest.revision().time().toEpochMilli());
  }

  private static Decision decide(JobHead head, Command.SetSchema command) {
    return head.schemaRequests().contains(command.requestId())
        ? new Settled(new Answer.Noted())
        : new Next(head.with(command), new Answer.Noted());
  }

  /** Why a ledger entry cannot be noted, if it cannot. */
  public Optional<Answer> refuseNote(Command.Note command) {
    Optional<Answer> full = register.refuseJob(command.job());
    return full.isPresent()
        ? full
        : Register.refuseNote(register.historyOf(command.job()), command.entry());
  }

  /**
   * Takes a newer head.
   *
   * @param missing the versions between, oldest first. When they do not continue what is here, what
   *     is here is given up: nobody has those between any more
   */
  public void take(JobHead head, List<Stored> missing) {
    long newest = newest(head.job());
    Stored last = head.newest();
    long first = missing.isEmpty() ? head.version() : missing.get(0).revision().version();
    boolean anew = head.version() > newest && first != newest + 1 && newest > 0;
    register.take(
        head.job(),
        anew,
        history -> {
          // First: nobody is to see a part.
          if (head.target() != null && head.version() >= newest) {
            history.takeTarget(head.target());
          }
          missing.forEach(history::take);
          if (last != null && head.version() > history.last()) {
            history.take(last);
          }
          if (head.version() >= newest) {
            history.takeTarget(head.target());
            history.takeSchema(head.schema(), head.schemaHash(), head.schemaRequests());
          }
        });
  }

  /** Takes a newer ledger. */
  public void takeLedger(String job, LedgerPage ledger) {
    register.take(job, false, history -> history.takeLedger(ledger.entries()));
  }
}
