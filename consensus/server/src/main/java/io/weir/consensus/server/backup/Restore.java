package io.weir.consensus.server.backup;

import static io.weir.consensus.server.backup.Waiting.join;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings a backup into a store in which the jobs have no versions of their own. Numbers, hashes,
 * times and authors stay as they were, so a job that holds one of the versions follows the store as
 * the continuation that it is; one that holds a newer version notices that the store was set back.
 *
 * <p>May be repeated after whatever interrupted it: what has arrived is left as it is, and a job
 * shows up in the store when all of its versions have.
 */
public final class Restore {

  private final ConfigurationStore store;
  private final Path file;
  private final Map<String, VersionId> newest;

  private Restore(ConfigurationStore store, Path file, Map<String, VersionId> newest) {
    this.store = store;
    this.file = file;
    this.newest = newest;
  }

  /**
   * Checks a whole backup, and changes nothing.
   *
   * @param only the jobs to restore; empty for all
   * @throws DamagedBackup when it is not as it was written
   * @throws StoreException.InvalidRequest when it has no such job
   */
  public static Restore of(ConfigurationStore store, Path file, Set<String> only)
      throws IOException {
    Map<String, VersionId> all = Verification.of(file);
    for (String job : only) {
      if (!all.containsKey(job)) {
        throw new StoreException.InvalidRequest(
            file + " has no job '" + job + "'; it has " + String.join(", ", all.keySet()));
      }
    }
    Map<String, VersionId> wanted = new LinkedHashMap<>(all);
    wanted.keySet().removeIf(job -> !only.isEmpty() && !only.contains(job));
    return new Restore(store, file, wanted);
  }

  /** The jobs and the version that each will be at. */
  public Map<String, VersionId> jobs() {
    return newest;
  }

  /**
   * Checks that no job has versions that are not the backup's, and changes nothing.
   *
   * @throws StoreException.InvalidRequest that names all jobs that have
   */
  public void checkRoom() {
    List<String> taken = new ArrayList<>();
    newest.forEach((job, last) -> ownVersion(job, last).ifPresent(taken::add));
    if (!taken.isEmpty()) {
      throw new StoreException.InvalidRequest(
          "nothing was restored: only a job without versions can be, and there are "
              + String.join(", ", taken)
              + "; choose the others with --job, or begin with an empty store");
    }
  }

  private Optional<String> ownVersion(String job, VersionId last) {
    try {
      long here = join(store.read(job)).version();
      boolean whole =
          join(store.history(job, last.version(), 1)).stream()
              .anyMatch(revision -> VersionId.of(revision).equals(last));
      return whole ? Optional.empty() : Optional.of(job + " at version " + here);
    } catch (StoreException.UnknownJob e) {
      return Optional.empty();
    }
  }

  /**
   * Sends what is not there yet.
   *
   * @param progress told a line for people of each job
   * @throws DamagedBackup when the file is no longer as it was when it was checked
   */
  public void run(Consumer<String> progress) throws IOException {
    checkRoom();
    try {
      var unused = BackupFile.read(file, new Sender(progress));
    } catch (DamagedBackup e) {
      throw new DamagedBackup(file, e);
    }
  }

  /** Sends the lines of the chosen jobs. */
  private final class Sender implements BackupReader {

    private final Consumer<String> progress;
    private @Nullable SavedJob sending;
    private long here;

    Sender(Consumer<String> progress) {
      this.progress = progress;
    }

    @Override
    public void job(SavedJob job) {
      VersionId last = newest.get(job.job());
      sending = null;
      if (last == null) {
        return;
      }
      if (!last.equals(job.newest())) {
        throw new DamagedBackup(file, "it was changed while it was read");
      }
      here = join(store.beginRestore(job.job(), last)).map(Revision::version).orElse(0L);
      if (here >= last.version()) {
        progress.accept(job.job() + ": is there already, with " + last);
      } else {
        sending = job;
        schema(job);
      }
    }

    private void schema(SavedJob job) {
      Optional<String> known = join(store.schema(job.job()));
      if (job.schema() == null) {
        return;
      }
      if (known.isEmpty()) {
        // The same request however often it is repeated.
        join(store.registerSchema(job.job(), job.schema(), "restore-" + job.newest().hash()));
      } else if (!known.get().equals(job.schema())) {
        progress.accept(job.job() + ": keeps the schema that was registered since");
      }
    }

    @Override
    public void entry(LedgerEntry entry) {
      if (sending != null) {
        join(store.record(entry));
      }
    }

    @Override
    public void version(Revision revision) {
      if (sending == null || revision.version() <= here) {
        return;
      }
      join(store.restore(revision));
      if (revision.version() == sending.newest().version()) {
        progress.accept(revision.job() + ": restored, with " + sending.newest());
      }
    }
  }
}
