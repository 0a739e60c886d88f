package io.weir.consensus.register;

import io.weir.consensus.Change;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.VersionId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is written into the log. */
public sealed interface Command {

  String job();

  /**
   * Makes the next version of a job.
   *
   * @param job whose configuration it is
   * @param expectedVersion the version it must be at
   * @param kind of the change
   * @param content the compressed document of a {@link Change.Kind#SET}; else null
   * @param documentHash of the document, as in a revision; for a rollback or an adoption, of the
   *     content it was checked with; empty for a deletion
   * @param rollbackTo the version that a rollback takes its content from; else 0
   * @param abandoned what an adoption has jobs give up; else null
   * @param author who proposed it
   * @param reason why
   * @param requestId of the proposal
   * @param schemaHash of the schema that the document was checked against; empty when the job has
   *     none. A schema that came between is noticed by it
   */
  record Propose(
      String job,
      long expectedVersion,
      Change.Kind kind,
      byte @Nullable [] content,
      String documentHash,
      long rollbackTo,
      @Nullable VersionId abandoned,
      String author,
      String reason,
      String requestId,
      String schemaHash)
      implements Command {

    VersionId requireAbandoned() {
      return Objects.requireNonNull(abandoned, "of an adoption");
    }
  }

  /**
   * Sets a job's JSON Schema.
   *
   * @param schema compressed
   * @param schemaHash of the schema as it was written
   * @param requestId of the registration
   */
  record SetSchema(String job, byte[] schema, String schemaHash, String requestId)
      implements Command {}

  /**
   * Begins to restore a job's versions.
   *
   * @param newest with which the job will be whole
   */
  record BeginRestore(String job, VersionId newest) implements Command {}

  /** Takes the next version of a job that is being restored. */
  record Restore(Stored version) implements Command {
    @Override
    public String job() {
      return version.revision().job();
    }
  }

  /** Adds to a job's ledger. */
  record Note(LedgerEntry entry) implements Command {
    @Override
    public String job() {
      return entry.job();
    }
  }
}
