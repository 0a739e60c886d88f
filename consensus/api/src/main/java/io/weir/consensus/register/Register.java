package io.weir.consensus.register;

import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Revision;
import io.weir.consensus.VersionId;
import io.weir.consensus.log.StateMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The histories of all jobs, driven by a log. */
public final class Register implements StateMachine {

  private final Retention retention;
  // Replaced as a whole by a snapshot: nobody sees half of one.
  private volatile Map<String, JobHistory> jobs = new ConcurrentHashMap<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private long bytes;

  public Register() {
    this(Retention.DEFAULT);
  }

  Register(Retention retention) {
    this.retention = retention;
  }

  /** Calls back after a job got a new version, in the thread that applies the log. */
  public void onNewVersion(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** The history of a job, if it has anything: versions, a schema, or ledger entries. */
  public Optional<JobHistory> job(String job) {
    return Optional.ofNullable(jobs.get(job));
  }

  /** The names of all jobs that ever had a version, sorted. */
  public List<String> jobs() {
    return jobs.values().stream()
        .filter(history -> history.newest() > 0)
        .map(JobHistory::job)
        .sorted()
        .toList();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException at a command that this release does not know: the node must not
   *     go on, for its state would part from the others'
   */
  @Override
  public byte[] apply(long index, long timeMillis, byte[] command) {
    try {
      return AnswerCodec.encode(apply(timeMillis, CommandCodec.decode(command)));
    } catch (IOException e) {
      throw new IllegalStateException("the log's entry " + index + " cannot be read", e);
    }
  }

  private Answer apply(long timeMillis, Command command) {
    JobHistory history = jobs.get(command.job());
    Optional<Answer> full = refuseJob(command.job());
    if (full.isPresent()) {
      return full.get();
    }
    JobHistory target = historyOf(command.job());
    long before = target.bytes();
    long newest = target.newest();
    Answer answer = apply(target, timeMillis, command);
    if (history == null && isDone(answer)) {
      jobs.put(command.job(), target);
    }
    if (isDone(answer)) {
      bytes += target.bytes() - before;
      keepWithinBudget();
    }
    if (target.newest() > newest) {
      listeners.forEach(listener -> listener.accept(command.job()));
    }
    return answer;
  }

  /** Whether a job is one too many. */
  Optional<Answer> refuseJob(String job) {
    return jobs.containsKey(job) || jobs.size() < retention.jobs()
        ? Optional.empty()
        : Optional.of(
            new Answer.Refused("the store has " + retention.jobs() + " jobs; it takes no more"));
  }

  /** A job's history; an empty one, of which the register does not know yet, when it has none. */
  JobHistory historyOf(String job) {
    JobHistory history = jobs.get(job);
    return history == null ? new JobHistory(job, retention) : history;
  }

  /**
   * Has a job's history take what was agreed on elsewhere.
   *
   * @param anew whether it begins again, with nothing
   */
  void take(String job, boolean anew, Consumer<JobHistory> taking) {
    JobHistory before = historyOf(job);
    JobHistory history = anew ? new JobHistory(job, retention) : before;
    long newest = before.newest();
    long counted = jobs.containsKey(job) ? before.bytes() : 0;
    taking.accept(history);
    jobs.put(job, history);
    bytes += history.bytes() - counted;
    keepWithinBudget();
    if (history.newest() > newest) {
      listeners.forEach(listener -> listener.accept(job));
    }
  }

  private static boolean isDone(Answer answer) {
    return answer instanceof Answer.Proposed || answer instanceof Answer.Noted;
  }

  private Answer apply(JobHistory history, long timeMillis, Command command) {
    if (command instanceof Command.Propose propose) {
      return propose(history, timeMillis, propose);
    }
    if (command instanceof Command.SetSchema set) {
      history.setSchema(set);
      return new Answer.Noted();
    }
    if (command instanceof Command.BeginRestore begin) {
      return Restoration.apply(history, begin);
    }
    return command instanceof Command.Restore restore
        ? Restoration.apply(history, restore)
        : note(history, (Command.Note) command);
  }

  private static Answer propose(JobHistory history, long timeMillis, Command.Propose command) {
    return settled(history, command).orElseGet(() -> append(history, timeMillis, command));
  }

  /** The answer to a proposal that makes no version: it did so before, or is refused. */
  static Optional<Answer> settled(JobHistory history, Command.Propose command) {
    Optional<Revision> done = history.byRequest(command.requestId());
    if (done.isPresent()) {
      return Optional.of(
          isSame(command, done.get())
              ? new Answer.Proposed(done.get())
              : new Answer.Refused(
                  "request id '"
                      + command.requestId()
                      + "' was used for version "
                      + done.get().version()
                      + ", which is another change"));
    }
    return refusal(history, command);
  }

  /** What a proposal would be refused with if it came now, which it need not. */
  public Optional<Answer> preview(Command.Propose command) {
    return refusal(historyOf(command.job()), command);
  }

  private static Optional<Answer> refusal(JobHistory history, Command.Propose command) {
    if (history.isRestoring()) {
      return Optional.of(Restoration.refuseUntilWhole(history));
    }
    if (command.expectedVersion() != history.newest()) {
      return Optional.of(new Answer.Conflict(history.newest()));
    }
    if (!command.schemaHash().equals(history.schemaHash())) {
      return Optional.of(new Answer.SchemaChanged());
    }
    return switch (command.kind()) {
      case SET -> Optional.empty();
      case ROLLBACK -> refuseRollback(history, command.rollbackTo());
      case DELETE -> refuseDeletion(history);
      case ADOPT -> refuseAdoption(history, command);
    };
  }

  private static boolean isSame(Command.Propose command, Revision revision) {
    return command.expectedVersion() == revision.version() - 1
        && command.kind() == revision.kind()
        && command.rollbackTo() == revision.rolledBackTo()
        && Objects.equals(command.abandoned(), revision.abandoned())
        && command.documentHash().equals(revision.documentHash());
  }

  private static Optional<Answer> refuseRollback(JobHistory history, long version) {
    Optional<Stored> old = history.stored(version);
    if (old.isPresent() && old.get().content() != null) {
      return Optional.empty();
    }
    boolean hadContent =
        version < history.oldestWithContent()
            && old.map(stored -> !stored.revision().isTombstone()).orElse(true);
    return Optional.of(
        hadContent
            ? new Answer.Compacted(history.oldestWithContent())
            : new Answer.UnknownVersion(history.newest()));
  }

  private static Optional<Answer> refuseDeletion(JobHistory history) {
    Optional<Stored> head = history.stored(history.newest());
    if (head.isEmpty()) {
      return Optional.of(new Answer.UnknownJob());
    }
    return head.get().revision().isTombstone()
        ? Optional.of(new Answer.Refused("job '" + history.job() + "' is deleted already"))
        : Optional.empty();
  }

  private static Optional<Answer> refuseAdoption(JobHistory history, Command.Propose command) {
    Optional<Revision> head = history.stored(history.newest()).map(Stored::revision);
    if (head.isEmpty()) {
      return Optional.of(new Answer.UnknownJob());
    }
    if (head.get().isTombstone()) {
      return Optional.of(
          new Answer.Refused(
              "job '" + history.job() + "' is deleted: there is nothing to adopt; set a document"));
    }
    Optional<Answer> needless = refuseNeedlessAdoption(history, command.requireAbandoned());
    // A version that came between check and commit; the expected one may have been a guess.
    boolean checked = command.documentHash().equals(head.get().documentHash());
    return needless.isPresent() || checked ? needless : Optional.of(new Answer.SchemaChanged());
  }

  private static Optional<Answer> refuseNeedlessAdoption(JobHistory history, VersionId abandoned) {
    for (Stored stored : history.allStored()) {
      Revision known = stored.revision();
      if (known.hash().equals(abandoned.hash())) {
        return Optional.of(
            new Answer.Refused(abandoned + " is of this history: jobs follow it as it is"));
      }
      if (abandoned.equals(known.abandoned())) {
        return Optional.of(
            new Answer.Refused(
                abandoned + " was abandoned already, by version " + known.version()));
      }
    }
    return Optional.empty();
  }

  private static Answer append(JobHistory history, long timeMillis, Command.Propose command) {
    return new Answer.Proposed(history.append(command, timeMillis, content(history, command)));
  }

  static byte @Nullable [] content(JobHistory history, Command.Propose command) {
    return switch (command.kind()) {
      case SET, DELETE -> command.content();
      case ROLLBACK -> history.stored(command.rollbackTo()).map(Stored::content).orElseThrow();
      case ADOPT -> history.stored(history.newest()).map(Stored::content).orElseThrow();
    };
  }

  private void keepWithinBudget() {
    while (bytes > retention.bytes()) {
      Optional<JobHistory> largest = largestWithPast();
      if (largest.isEmpty()) {
        return;
      }
      long before = largest.get().bytes();
      largest.get().forgetOldest();
      bytes += largest.get().bytes() - before;
    }
  }

  /**
   * The order of names decides between equals, so that all nodes forget the same. A full register
   * asks at every change.
   */
  private Optional<JobHistory> largestWithPast() {
    JobHistory largest = null;
    for (JobHistory history : jobs.values()) {
      if (history.hasPast() && (largest == null || isLarger(history, largest))) {
        largest = history;
      }
    }
    return Optional.ofNullable(largest);
  }

  private static boolean isLarger(JobHistory one, JobHistory other) {
    long more = one.bytes() - other.bytes();
    return more > 0 || (more == 0 && one.job().compareTo(other.job()) > 0);
  }

  private static Answer note(JobHistory history, Command.Note command) {
    return refuseNote(history, command.entry()).orElseGet(() -> noted(history, command.entry()));
  }

  private static Answer noted(JobHistory history, LedgerEntry entry) {
    history.note(entry);
    return new Answer.Noted();
  }

  static Optional<Answer> refuseNote(JobHistory history, LedgerEntry entry) {
    // The ledger of a backup comes before the versions that it speaks of.
    if (entry.outcome() == LedgerEntry.Outcome.NOT_FOLLOWED || history.isRestoring()) {
      return Optional.empty();
    }
    if (entry.version() > history.newest()) {
      return Optional.of(new Answer.UnknownVersion(history.newest()));
    }
    return isOfAnotherHistory(history, entry)
        ? Optional.of(new Answer.Refused("version " + entry.version() + " is of another history"))
        : Optional.empty();
  }

  private static boolean isOfAnotherHistory(JobHistory history, LedgerEntry entry) {
    return !entry.hash().isEmpty()
        && history
            .stored(entry.version())
            .filter(stored -> !stored.revision().hash().equals(entry.hash()))
            .isPresent();
  }

  @Override
  public void snapshot(OutputStream out) throws IOException {
    RegisterSnapshot.write(out, jobs.values());
  }

  @Override
  public void restore(InputStream in) throws IOException {
    List<JobHistory> restored = RegisterSnapshot.read(in, retention);
    Map<String, JobHistory> byName = new ConcurrentHashMap<>();
    restored.forEach(history -> byName.put(history.job(), history));
    bytes = restored.stream().mapToLong(JobHistory::bytes).sum();
    jobs = byName;
    listeners.forEach(listener -> jobs.keySet().forEach(listener));
  }
}
