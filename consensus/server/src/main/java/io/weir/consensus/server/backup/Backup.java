package io.weir.consensus.server.backup;

import static io.weir.consensus.server.backup.Waiting.join;

import io.weir.consensus.Chain;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import io.weir.consensus.http.wire.Pages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Copies a running store into a file. Each job is copied as it was at some moment during the copy;
 * jobs do not depend on one another.
 */
public final class Backup {

  private final ConfigurationStore store;

  public Backup(ConfigurationStore store) {
    this.store = store;
  }

  /**
   * Writes the file, which must not exist; after an error there is none.
   *
   * @param time written into it, for people
   */
  public Contents write(Path file, Instant time) throws IOException {
    try (BackupWriter writer = new BackupWriter(file, time)) {
      for (String job : join(store.jobs())) {
        copy(job, writer);
      }
      return writer.finish();
    }
  }

  private void copy(String job, BackupWriter writer) throws IOException {
    // Before the newest version, so that it speaks of none that the backup lacks.
    List<LedgerEntry> ledger = join(store.ledger(job));
    Optional<String> schema = join(store.schema(job));
    VersionId newest = VersionId.of(join(store.read(job)));
    writer.job(new SavedJob(job, newest, schema.orElse(null)));
    for (LedgerEntry entry : ledger) {
      writer.entry(entry);
    }
    copyVersions(job, newest.version(), writer);
  }

  private void copyVersions(String job, long newest, BackupWriter writer) throws IOException {
    Revision last = null;
    for (long next = 1; next <= newest; next++) {
      for (Revision revision : page(job, next, newest)) {
        if (last != null && !Chain.follows(revision, last)) {
          throw forgets(job);
        }
        writer.version(revision);
        last = revision.withDocument(null);
        next = revision.version();
      }
    }
  }

  /** At least one version, and none behind the newest. */
  private List<Revision> page(String job, long from, long newest) {
    int limit = (int) Math.min(Pages.REVISIONS, newest - from + 1);
    List<Revision> page =
        join(store.history(job, from, limit)).stream()
            .filter(revision -> revision.version() <= newest)
            .toList();
    if (page.isEmpty()) {
      throw forgets(job);
    }
    return page;
  }

  private static StoreException.Unavailable forgets(String job) {
    return new StoreException.Unavailable(
        "the store forgets versions of job '"
            + job
            + "' faster than they can be read: try again when it changes less often");
  }
}
