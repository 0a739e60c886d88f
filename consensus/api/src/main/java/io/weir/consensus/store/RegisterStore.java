package io.weir.consensus.store;

import io.weir.consensus.Chain;
import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Limits;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import io.weir.consensus.Watch;
import io.weir.consensus.WatchListener;
import io.weir.consensus.log.ReplicatedLog;
import io.weir.consensus.register.Answer;
import io.weir.consensus.register.AnswerCodec;
import io.weir.consensus.register.Command;
import io.weir.consensus.register.CommandCodec;
import io.weir.consensus.register.JobHistory;
import io.weir.consensus.register.Register;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The store of a node that drives a register by a replicated log. */
public final class RegisterStore implements ConfigurationStore {

  /** Checks again when a schema came between; schemas change seldom. */
  private static final int SCHEMA_ATTEMPTS = 3;

  private final Register register;
  private final ReplicatedLog log;
  private final DocumentCheck check;
  private final WatchHub watches;

  /**
   * Opens a store.
   *
   * @param register that the log drives
   * @param log closed with the store
   * @param check of every document before it is submitted
   * @param executor delivers to watches, and must not be used by what completes the log's futures
   */
  public RegisterStore(
      Register register, ReplicatedLog log, DocumentCheck check, Executor executor) {
    this.register = register;
    this.log = log;
    this.check = check;
    this.watches = new WatchHub(register, executor);
  }

  /** A store in memory, for tests and for runs in a single process. */
  public static RegisterStore inMemory(
      DocumentCheck check, InstantSource clock, Executor executor) {
    Register register = new Register();
    return new RegisterStore(register, new LocalLog(register, clock), check, executor);
  }

  @Override
  public CompletableFuture<Revision> read(String job) {
    return afterBarrier(job, () -> current(job));
  }

  @Override
  public CompletableFuture<Revision> readLocal(String job) {
    return now(() -> current(job));
  }

  private Revision current(String job) {
    return history(job).current().orElseThrow(() -> new StoreException.UnknownJob(job));
  }

  private JobHistory history(String job) {
    return register
        .job(Limits.checkJob(job))
        .filter(history -> history.newest() > 0)
        .orElseThrow(() -> new StoreException.UnknownJob(job));
  }

  @Override
  public CompletableFuture<Revision> propose(Proposal proposal) {
    // What they repeat is read here, so they need the newest state from the start.
    boolean repeats =
        proposal.change() instanceof Change.Rollback || proposal.change() instanceof Change.Adopt;
    return repeats
        ? afterBarrier(proposal.job(), () -> proposal)
            .thenCompose(same -> propose(same, SCHEMA_ATTEMPTS))
        : propose(proposal, SCHEMA_ATTEMPTS);
  }

  private CompletableFuture<Revision> propose(Proposal proposal, int attempts) {
    return now(() -> checked(proposal))
        .thenCompose(this::submit)
        .thenCompose(answer -> conclude(proposal, answer, attempts));
  }

  private CompletableFuture<Revision> conclude(Proposal proposal, Answer answer, int attempts) {
    if (answer instanceof Answer.Proposed proposed) {
      return CompletableFuture.completedFuture(proposed.revision());
    }
    if (answer instanceof Answer.SchemaChanged && attempts > 1) {
      return afterBarrier(proposal.job(), () -> proposal)
          .thenCompose(same -> propose(same, attempts - 1));
    }
    return CompletableFuture.failedFuture(Refusals.of(proposal, answer));
  }

  /** The command of a proposal whose document satisfies the schema that is known here. */
  private Command.Propose checked(Proposal proposal) {
    // Its size first: nobody should parse what is too large anyway.
    byte @Nullable [] content =
        proposal.change() instanceof Change.Set set ? Limits.compress(set.document()) : null;
    Optional<JobHistory> history = register.job(proposal.job());
    // Before the schema: the hash must be of a schema that was checked, or of an older one.
    String schemaHash = history.map(JobHistory::schemaHash).orElse("");
    Optional<String> document = document(proposal, history);
    Optional<String> schema = history.flatMap(JobHistory::schema);
    document.ifPresent(text -> check.checkDocument(text, schema));
    return new Command.Propose(
        proposal.job(),
        proposal.expectedVersion(),
        proposal.change().kind(),
        content,
        document.map(Chain::hashDocument).orElse(""),
        proposal.change() instanceof Change.Rollback rollback ? rollback.version() : 0,
        proposal.change() instanceof Change.Adopt adopt ? adopt.abandoned() : null,
        proposal.author(),
        proposal.reason(),
        proposal.requestId(),
        schemaHash);
  }

  private static Optional<String> document(Proposal proposal, Optional<JobHistory> history) {
    if (proposal.change() instanceof Change.Set set) {
      return Optional.of(set.document());
    }
    if (proposal.change() instanceof Change.Rollback rollback) {
      // Without content the register refuses it, and says why.
      return history.flatMap(known -> known.at(rollback.version())).flatMap(Revision::content);
    }
    if (proposal.change() instanceof Change.Adopt) {
      return history
          .flatMap(known -> known.at(proposal.expectedVersion()))
          .flatMap(Revision::content);
    }
    return Optional.empty();
  }

  @Override
  public CompletableFuture<Optional<Revision>> check(Proposal proposal) {
    return afterBarrier(
        proposal.job(),
        () -> {
          register
              .preview(checked(proposal))
              .ifPresent(
                  refusal -> {
                    throw Refusals.of(proposal, refusal);
                  });
          return register
              .job(proposal.job())
              .flatMap(JobHistory::current)
              .map(revision -> revision.withDocument(null));
        });
  }

  @Override
  public Watch watch(String job, long from, WatchListener listener) {
    Limits.checkJob(job);
    return watches.watch(job, Limits.checkVersion("watch from version", from, 1), listener);
  }

  @Override
  public CompletableFuture<List<Revision>> history(String job, long from, int limit) {
    return afterBarrier(job, () -> history(job).from(from, limit));
  }

  @Override
  public CompletableFuture<List<String>> jobs() {
    return afterBarrier(register::jobs);
  }

  @Override
  public CompletableFuture<Void> registerSchema(String job, String schema, String requestId) {
    return now(() -> checkedSchema(job, schema, requestId))
        .thenCompose(this::submit)
        .thenCompose(answer -> Refusals.unlessNoted(job, 0, answer));
  }

  private Command.SetSchema checkedSchema(String job, String schema, String requestId) {
    Limits.checkJob(job);
    Limits.checkRequestId(requestId);
    byte[] compressed = Limits.compress(schema);
    check.checkSchema(schema);
    return new Command.SetSchema(job, compressed, Chain.hashDocument(schema), requestId);
  }

  @Override
  public CompletableFuture<Optional<String>> schema(String job) {
    return afterBarrier(job, () -> register.job(Limits.checkJob(job)).flatMap(JobHistory::schema));
  }

  @Override
  public CompletableFuture<Void> record(LedgerEntry entry) {
    return submit(new Command.Note(entry))
        .thenCompose(answer -> Refusals.unlessNoted(entry.job(), entry.version(), answer));
  }

  @Override
  public CompletableFuture<List<LedgerEntry>> ledger(String job) {
    return afterBarrier(
        () ->
            register
                .job(Limits.checkJob(job))
                .map(JobHistory::ledger)
                .orElseThrow(() -> new StoreException.UnknownJob(job)));
  }

  @Override
  public CompletableFuture<Optional<Revision>> beginRestore(String job, VersionId newest) {
    return now(() -> new Command.BeginRestore(Limits.checkJob(job), newest))
        .thenCompose(this::submit)
        .thenCompose(answer -> Refusals.unlessBegun(job, answer));
  }

  @Override
  public CompletableFuture<Void> restore(Revision revision) {
    return now(() -> new Command.Restore(Backups.stored(revision)))
        .thenCompose(this::submit)
        .thenCompose(answer -> Refusals.unlessNoted(revision.job(), revision.version(), answer));
  }

  private CompletableFuture<Answer> submit(Command command) {
    return Refusals.translated(log.submit(CommandCodec.encode(command)))
        .thenApply(AnswerCodec::decode);
  }

  private <T> CompletableFuture<T> afterBarrier(String job, Supplier<T> reading) {
    return now(() -> Limits.checkJob(job))
        .thenCompose(checked -> Refusals.translated(log.barrier(checked)))
        .thenApply(nothing -> reading.get());
  }

  private <T> CompletableFuture<T> afterBarrier(Supplier<T> reading) {
    return Refusals.translated(log.barrier()).thenApply(nothing -> reading.get());
  }

  /** What a method refuses comes through its future, too. */
  private static <T> CompletableFuture<T> now(Supplier<T> work) {
    try {
      return CompletableFuture.completedFuture(work.get());
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void close() {
    watches.close();
    log.close();
  }
}
