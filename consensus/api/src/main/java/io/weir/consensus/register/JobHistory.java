package io.weir.consensus.register;

import io.weir.consensus.Chain;
import io.weir.consensus.Change;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Revision;
import io.weir.consensus.VersionId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One job's versions, schema and ledger. Written by the thread that applies the log, read by any:
 * every method holds the lock for a few map operations.
 */
public final class JobHistory {

  /** Objects of a ledger entry, about. */
  private static final int LEDGER_FIXED_BYTES = 200;

  /** Far more registrations than come while one of them is still being repeated. */
  static final int SCHEMA_REQUESTS = 64;

  private final String job;
  private final Retention retention;

  // INVARIANT: the versions are contiguous; those with content, tombstones aside, are the newest.
  private final TreeMap<Long, Stored> versions = new TreeMap<>();

  // Of the versions, where a change asks for it many times; the newest one is never forgotten.
  private long last;
  private final Map<String, Long> versionByRequest = new HashMap<>();
  private final Deque<LedgerEntry> ledger = new ArrayDeque<>();
  private byte @Nullable [] schema;
  private String schemaHash = "";
  private final Deque<String> schemaRequests = new ArrayDeque<>();
  private long oldestWithContent = 1;
  private @Nullable VersionId target;
  private long bytes;

  JobHistory(String job, Retention retention) {
    this.job = job;
    this.retention = retention;
  }

  public String job() {
    return job;
  }

  /** The newest version; 0 when there never was one, or while it is being restored. */
  public synchronized long newest() {
    return isRestoring() ? 0 : last();
  }

  /** The newest version that has arrived, whether or not it may be seen. */
  synchronized long last() {
    return last;
  }

  /** Whether only a part of a backup has arrived: versions are not to be seen until all have. */
  public synchronized boolean isRestoring() {
    return target != null;
  }

  /** The version with which it will be whole; null when it is. */
  synchronized @Nullable VersionId target() {
    return target;
  }

  /** Hides what has arrived until this version has; null shows it. */
  synchronized void takeTarget(@Nullable VersionId newest) {
    target = newest;
  }

  /** The oldest version of which the content, if it ever had one, is still here. */
  public synchronized long oldestWithContent() {
    return oldestWithContent;
  }

  /** The newest version, with content. */
  public Optional<Revision> current() {
    return at(newest());
  }

  /** A version, with content if that is still here. */
  public Optional<Revision> at(long version) {
    return isRestoring() ? Optional.empty() : stored(version).map(Stored::open);
  }

  synchronized Optional<Stored> stored(long version) {
    return Optional.ofNullable(versions.get(version));
  }

  synchronized Optional<Revision> byRequest(String requestId) {
    if (isRestoring()) {
      return Optional.empty();
    }
    return Optional.ofNullable(versionByRequest.get(requestId))
        .flatMap(this::stored)
        .map(Stored::revision);
  }

  /** Versions from one on, oldest first, with content where that is still here. */
  public List<Revision> from(long version, int limit) {
    List<Stored> found;
    synchronized (this) {
      if (isRestoring()) {
        return List.of();
      }
      found = versions.tailMap(version, true).values().stream().limit(limit).toList();
    }
    return found.stream().map(Stored::open).toList();
  }

  /** The JSON Schema that documents must satisfy, if there is one. */
  public Optional<String> schema() {
    byte[] found;
    synchronized (this) {
      found = schema;
    }
    return Optional.ofNullable(found).map(Stored::decompress);
  }

  synchronized byte @Nullable [] compressedSchema() {
    return schema;
  }

  /** Of the schema as it was written; empty when there is none. */
  public synchronized String schemaHash() {
    return schemaHash;
  }

  /** The newest ledger entries, oldest first. */
  public synchronized List<LedgerEntry> ledger() {
    return List.copyOf(ledger);
  }

  /** What it takes of a node's memory, about. */
  synchronized long bytes() {
    return bytes;
  }

  synchronized List<Stored> allStored() {
    return List.copyOf(versions.values());
  }

  /** Appends a version, whose content is not checked again. */
  synchronized Revision append(
      Command.Propose command, long timeMillis, byte @Nullable [] content) {
    Stored next = draft(command, timeMillis, content);
    take(next);
    return next.revision();
  }

  /** The version that a command would make. */
  synchronized Stored draft(Command.Propose command, long timeMillis, byte @Nullable [] content) {
    Stored head = versions.isEmpty() ? null : versions.lastEntry().getValue();
    Revision draft =
        new Revision(
            job,
            last() + 1,
            command.kind(),
            Instant.ofEpochMilli(timeMillis),
            command.author(),
            command.reason(),
            command.requestId(),
            command.rollbackTo(),
            command.abandoned(),
            command.documentHash(),
            head == null ? "" : head.revision().hash(),
            "",
            null);
    Revision revision = draft.withHash(Chain.hash(draft));
    return new Stored(revision, command.kind() == Change.Kind.DELETE ? null : content);
  }

  /** Takes the version behind the newest; the first one may have any number. */
  synchronized void take(Stored next) {
    long version = next.revision().version();
    boolean withContent = next.content() != null || next.revision().isTombstone();
    if (versions.isEmpty()) {
      oldestWithContent = version;
    }
    add(next);
    if (!withContent) {
      oldestWithContent = version + 1;
    }
    forgetContentsBefore(last() - retention.contents() + 1);
    forgetVersionsBefore(last() - retention.versions() + 1);
  }

  private void add(Stored stored) {
    last = stored.revision().version();
    versions.put(last, stored);
    versionByRequest.put(stored.revision().requestId(), last);
    bytes += stored.bytes();
  }

  private void forgetContentsBefore(long version) {
    for (; oldestWithContent < version; oldestWithContent++) {
      Stored old = versions.get(oldestWithContent);
      if (old != null) {
        Stored empty = old.withoutContent();
        bytes -= old.bytes() - empty.bytes();
        versions.put(oldestWithContent, empty);
      }
    }
  }

  private void forgetVersionsBefore(long version) {
    Map<Long, Stored> old = versions.headMap(version);
    old.values().forEach(this::forget);
    old.clear();
  }

  private void forget(Stored stored) {
    versionByRequest.remove(stored.revision().requestId());
    bytes -= stored.bytes();
  }

  /** Whether there is anything but the newest version. */
  synchronized boolean hasPast() {
    return versions.size() > 1 || !ledger.isEmpty();
  }

  /**
   * Gives up the oldest version, its content first; where only the newest version is left, the
   * oldest ledger entry.
   */
  synchronized void forgetOldest() {
    if (versions.size() <= 1) {
      bytes -= bytes(ledger.removeFirst());
    } else if (versions.firstKey() < oldestWithContent) {
      forgetVersionsBefore(versions.firstKey() + 1);
    } else {
      forgetContentsBefore(versions.firstKey() + 1);
    }
  }

  private static int bytes(LedgerEntry entry) {
    return LEDGER_FIXED_BYTES
        + entry.flinkJobId().length()
        + entry.hash().length()
        + entry.note().length();
  }

  /** Sets the schema, unless this request did so already, whatever came since. */
  synchronized void setSchema(Command.SetSchema command) {
    if (schemaRequests.contains(command.requestId())) {
      return;
    }
    schemaRequests.addLast(command.requestId());
    if (schemaRequests.size() > SCHEMA_REQUESTS) {
      schemaRequests.removeFirst();
    }
    bytes += command.schema().length - (schema == null ? 0 : schema.length);
    schema = command.schema();
    schemaHash = command.schemaHash();
  }

  /** The newest requests that set the schema, oldest first. */
  synchronized List<String> schemaRequests() {
    return List.copyOf(schemaRequests);
  }

  /** Takes a schema, with the newest requests that set it, as it was agreed on elsewhere. */
  synchronized void takeSchema(byte @Nullable [] other, String otherHash, List<String> requests) {
    bytes += (other == null ? 0 : other.length) - (schema == null ? 0 : schema.length);
    schema = other;
    schemaHash = otherHash;
    schemaRequests.clear();
    schemaRequests.addAll(requests);
  }

  /** Takes a ledger as it was agreed on elsewhere. */
  synchronized void takeLedger(List<LedgerEntry> entries) {
    bytes -= ledger.stream().mapToInt(JobHistory::bytes).sum();
    ledger.clear();
    ledger.addAll(entries);
    bytes += entries.stream().mapToInt(JobHistory::bytes).sum();
  }

  /** Adds an entry, unless it is there already. */
  synchronized void note(LedgerEntry entry) {
    if (ledger.stream().anyMatch(known -> isSame(known, entry))) {
      return;
    }
    ledger.addLast(entry);
    bytes += bytes(entry);
    if (ledger.size() > retention.ledger()) {
      bytes -= bytes(ledger.removeFirst());
    }
  }

  static boolean isSame(LedgerEntry one, LedgerEntry other) {
    return one.checkpoint() == other.checkpoint()
        && one.version() == other.version()
        && one.hash().equals(other.hash())
        && one.outcome() == other.outcome()
        && one.note().equals(other.note())
        && one.flinkJobId().equals(other.flinkJobId());
  }

  /** Takes over what a snapshot holds; only for a history that is empty. */
  synchronized void load(
      List<Stored> stored,
      long oldestContent,
      byte @Nullable [] loadedSchema,
      String loadedSchemaHash,
      List<String> loadedRequests,
      List<LedgerEntry> entries) {
    stored.forEach(this::add);
    oldestWithContent = oldestContent;
    schema = loadedSchema;
    schemaHash = loadedSchemaHash;
    schemaRequests.addAll(loadedRequests);
    ledger.addAll(entries);
    bytes += loadedSchema == null ? 0 : loadedSchema.length;
    bytes += entries.stream().mapToInt(JobHistory::bytes).sum();
  }
}
