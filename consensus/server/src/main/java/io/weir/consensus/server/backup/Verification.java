package io.weir.consensus.server.backup;

import io.weir.consensus.Chain;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Limits;
import io.weir.consensus.Revision;
import io.weir.consensus.VersionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks a backup without a store: every version follows the one before it by hash, every document
 * has the hash that its version says, each job ends with the version that it announced, and the
 * checksum of the whole is right.
 */
final class Verification implements BackupReader {

  private final Map<String, VersionId> newest = new LinkedHashMap<>();
  private @Nullable SavedJob job;
  private @Nullable Revision last;

  private Verification() {}

  /**
   * Reads the whole file.
   *
   * @return the newest version of each job, in the order of the file
   */
  static Map<String, VersionId> of(Path file) throws IOException {
    Verification verification = new Verification();
    var unused = BackupFile.read(file, verification);
    try {
      verification.endJob();
    } catch (Unfit e) {
      throw new DamagedBackup(file, String.valueOf(e.getMessage()));
    }
    return verification.newest;
  }

  @Override
  public void job(SavedJob next) {
    endJob();
    job = next;
    last = null;
    if (newest.put(Limits.checkJob(next.job()), next.newest()) != null) {
      throw new Unfit("job '" + next.job() + "' comes twice");
    }
    if (newest.size() > Limits.JOBS) {
      throw new Unfit("there are more than " + Limits.JOBS + " jobs");
    }
  }

  @Override
  public void entry(LedgerEntry entry) {
    if (last != null) {
      throw new Unfit("a ledger entry of job '" + entry.job() + "' comes behind its versions");
    }
  }

  @Override
  public void version(Revision revision) {
    boolean fits =
        last == null ? revision.hash().equals(Chain.hash(revision)) : Chain.follows(revision, last);
    String document = revision.document();
    boolean whole =
        document == null || Chain.hashDocument(document).equals(revision.documentHash());
    if (!fits || !whole) {
      throw new Unfit(
          "version %d of job '%s' does not fit its hash"
              .formatted(revision.version(), revision.job()));
    }
    last = revision.withDocument(null);
  }

  private void endJob() {
    if (job != null && (last == null || !VersionId.of(last).equals(job.newest()))) {
      throw new Unfit("job '" + job.job() + "' does not end with " + job.newest());
    }
  }
}
