package io.weir.consensus.register;

import io.weir.consensus.Chain;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Revision;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole register as bytes, format {@value #FORMAT}; jobs in the order of their names. */
final class RegisterSnapshot {

  private static final int FORMAT = 4;

  /** The next format knows of jobs that are being restored. */
  private static final int FORMAT_WITHOUT_TARGET = 3;

  private RegisterSnapshot() {}

  static void write(OutputStream target, Collection<JobHistory> jobs) throws IOException {
    DataOutputStream out = new DataOutputStream(target);
    out.writeInt(FORMAT);
    out.writeInt(jobs.size());
    for (JobHistory job : jobs.stream().sorted(Comparator.comparing(JobHistory::job)).toList()) {
      write(out, job);
    }
    out.flush();
  }

  private static void write(DataOutputStream out, JobHistory job) throws IOException {
    Binary.writeText(out, job.job());
    Binary.writeBytes(out, job.compressedSchema());
    Binary.writeText(out, job.schemaHash());
    List<String> requests = job.schemaRequests();
    out.writeInt(requests.size());
    for (String request : requests) {
      Binary.writeText(out, request);
    }
    out.writeLong(job.oldestWithContent());
    List<Stored> versions = job.allStored();
    out.writeInt(versions.size());
    for (Stored stored : versions) {
      Binary.writeStored(out, stored);
    }
    List<LedgerEntry> ledger = job.ledger();
    out.writeInt(ledger.size());
    for (LedgerEntry entry : ledger) {
      Binary.writeLedgerEntry(out, entry);
    }
    Binary.writeTarget(out, job.target());
  }

  static List<JobHistory> read(InputStream source, Retention retention) throws IOException {
    DataInputStream in = new DataInputStream(source);
    int format = in.readInt();
    Binary.checkFormat("a snapshot", format, FORMAT);
    List<JobHistory> jobs = new ArrayList<>();
    int count = readCount(in, retention.jobs());
    for (int i = 0; i < count; i++) {
      jobs.add(readJob(in, format, retention));
    }
    if (in.read() >= 0) {
      throw new IOException("a snapshot that goes on after its end");
    }
    return jobs;
  }

  private static JobHistory readJob(DataInputStream in, int format, Retention retention)
      throws IOException {
    JobHistory job = new JobHistory(Binary.readText(in), retention);
    byte @Nullable [] schema = Binary.readBytes(in);
    String schemaHash = Binary.readText(in);
    List<String> requests = new ArrayList<>();
    int registrations = readCount(in, JobHistory.SCHEMA_REQUESTS);
    for (int i = 0; i < registrations; i++) {
      requests.add(Binary.readText(in));
    }
    long oldestWithContent = in.readLong();
    List<Stored> versions = readVersions(in, readCount(in, retention.versions()));
    List<LedgerEntry> ledger = new ArrayList<>();
    int entries = readCount(in, retention.ledger());
    for (int i = 0; i < entries; i++) {
      ledger.add(Binary.readLedgerEntry(in, format));
    }
    job.load(versions, oldestWithContent, schema, schemaHash, requests, ledger);
    job.takeTarget(format > FORMAT_WITHOUT_TARGET ? Binary.readTarget(in) : null);
    return job;
  }

  private static List<Stored> readVersions(DataInputStream in, int count) throws IOException {
    List<Stored> versions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Revision previous = i == 0 ? null : versions.get(i - 1).revision();
      Stored next = Binary.readStored(in, previous);
      checkChained(next.revision(), previous);
      versions.add(next);
    }
    return versions;
  }

  private static void checkChained(Revision next, @Nullable Revision previous) throws IOException {
    boolean whole =
        previous == null ? next.hash().equals(Chain.hash(next)) : Chain.follows(next, previous);
    if (!whole) {
      throw new IOException(
          "version " + next.version() + " of job '" + next.job() + "' does not fit its hash");
    }
  }

  private static int readCount(DataInputStream in, int most) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > most) {
      throw new IOException("a count of " + count + "; at most " + most + " are kept");
    }
    return count;
  }
}
