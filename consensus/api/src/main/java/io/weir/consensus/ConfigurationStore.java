package io.weir.consensus;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Holds one configuration document per job, in versions 1, 2, 3, ... without gaps. Whatever is
 * answered here was agreed on by the nodes behind it, unless a method says otherwise.
 *
 * <p>Thread-safe. Every future completes within the store's time limit, with a value or with a
 * {@link StoreException}, on a thread that must not be blocked.
 */
public interface ConfigurationStore extends AutoCloseable {

  /**
   * Reads the newest version of a job; a deleted job's is its tombstone. Linearizable: it shows
   * every change that was acknowledged before the call.
   *
   * @return the version, with content; or {@link StoreException.UnknownJob}
   */
  CompletableFuture<Revision> read(String job);

  /**
   * Reads the newest version that the node asked knows by itself: fast, without a quorum, and
   * perhaps behind.
   *
   * @return the version, with content; or {@link StoreException.UnknownJob}
   */
  CompletableFuture<Revision> readLocal(String job);

  /**
   * Changes a job's configuration if its version still is the expected one. May be repeated with
   * the same request id: the change happens once.
   *
   * @return the new version, without content; or {@link StoreException.VersionConflict}, {@link
   *     StoreException.InvalidConfiguration}, {@link StoreException.DocumentTooLarge}, {@link
   *     StoreException.UnknownVersion} (of a rollback), {@link StoreException.InvalidRequest} (of
   *     an adoption of what needs none), {@link StoreException.OutcomeUnknown}
   */
  CompletableFuture<Revision> propose(Proposal proposal);

  /**
   * Checks what {@link #propose} would check, and changes nothing.
   *
   * @return the newest version, without content; empty when the job would be created
   */
  CompletableFuture<Optional<Revision>> check(Proposal proposal);

  /**
   * Delivers every version of a job from one on, each exactly once, in order, without gaps: those
   * that exist at once, later ones as they come.
   *
   * @param from the first version wanted, at least 1; it need not exist yet
   * @return ends the watch when it is closed
   */
  Watch watch(String job, long from, WatchListener listener);

  /**
   * Reads versions from an older one to newer ones. The newest {@value
   * Limits#VERSIONS_WITH_CONTENT} have content, older ones have not, and beyond {@value
   * Limits#VERSIONS} they are gone.
   *
   * @param from the first version wanted; older ones that are gone are left out
   * @param limit the largest number of versions wanted, at least 1
   * @return in the order of their versions; or {@link StoreException.UnknownJob}
   */
  CompletableFuture<List<Revision>> history(String job, long from, int limit);

  /** Reads the names of all jobs, sorted; deleted ones are among them. */
  CompletableFuture<List<String>> jobs();

  /**
   * Sets the JSON Schema (draft 2020-12) that documents of a job must satisfy from now on. Versions
   * that exist stay. May be repeated with the same request id: it happens once, so a repetition
   * that comes late does not undo what was registered since.
   *
   * @param requestId tells repetitions of one registration from another
   * @return nothing; or {@link StoreException.InvalidConfiguration} when it is no JSON Schema
   */
  CompletableFuture<Void> registerSchema(String job, String schema, String requestId);

  /** Sets a job's JSON Schema, under a request id of its own. */
  default CompletableFuture<Void> registerSchema(String job, String schema) {
    return registerSchema(job, schema, UUID.randomUUID().toString());
  }

  /** Reads the JSON Schema of a job, if one was registered. */
  CompletableFuture<Optional<String>> schema(String job);

  /**
   * Notes that a version came into force in a running job, or that the job refused it, or does not
   * follow this store. Noting the same again changes nothing.
   *
   * @return nothing; or {@link StoreException.UnknownVersion}; or {@link
   *     StoreException.InvalidRequest} for a version of another history, unless the entry says that
   *     this one is not followed
   */
  CompletableFuture<Void> record(LedgerEntry entry);

  /** Reads the newest {@value Limits#LEDGER_ENTRIES} ledger entries of a job, oldest first. */
  CompletableFuture<List<LedgerEntry>> ledger(String job);

  /**
   * Begins to restore a job from a backup: its versions follow by {@link #restore}, oldest first,
   * and show up together, when the newest has come. Until then the job takes ledger entries and a
   * schema, and no proposals; nobody reads or watches its versions. May be repeated.
   *
   * @param newest the version with which the job will be whole
   * @return the newest version that is here already, without content, behind which to go on; empty
   *     when there is none; or {@link StoreException.InvalidRequest} when the job has versions that
   *     the backup does not continue, or is being restored from another backup
   */
  CompletableFuture<Optional<Revision>> beginRestore(String job, VersionId newest);

  /**
   * Takes the next version of a job that is being restored, under its number, hash, time and
   * author. The first one may have any number. Neither schema nor expected version are checked: it
   * was agreed on once. May be repeated.
   *
   * @param revision with its content, unless that was gone when the backup was made
   * @return nothing; or {@link StoreException.InvalidRequest} when it does not continue what is
   *     here, or does not fit its hashes
   */
  CompletableFuture<Void> restore(Revision revision);

  @Override
  void close();
}
