package io.weir.operators.epoch;

import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import io.weir.consensus.Watch;
import io.weir.consensus.WatchListener;
import io.weir.consensus.register.JobHistory;
import io.weir.consensus.register.Register;
import io.weir.consensus.store.DocumentCheck;
import io.weir.consensus.store.RegisterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A store in the test's process that jobs find by name, and that can be away for a while. */
public final class SharedStore implements AutoCloseable {

  public static final String JOB = "numbers";

  private static final Map<String, SharedStore> STORES = new ConcurrentHashMap<>();

  private final String name = UUID.randomUUID().toString();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final DocumentCheck check;
  private volatile Register register = new Register();
  private volatile RegisterStore store;
  private volatile boolean away;

  public SharedStore() {
    this(DocumentCheck.none());
  }

  SharedStore(DocumentCheck check) {
    this.check = check;
    store = over(register);
    STORES.put(name, this);
  }

  public StoreProvider provider() {
    String key = name;
    return () -> Objects.requireNonNull(STORES.get(key), key).client();
  }

  /** From here on nobody gets an answer, until it is back. */
  public void goAway() {
    away = true;
  }

  public void comeBack() {
    away = false;
  }

  private RegisterStore over(Register state) {
    return new RegisterStore(state, new MemoryLog(state), check, executor);
  }

  /** Forgets everything, as a store does that is set up anew. */
  void startAnew() {
    register = new Register();
    store = over(register);
  }

  byte[] backUp() throws IOException {
    ByteArrayOutputStream backup = new ByteArrayOutputStream();
    register.snapshot(backup);
    return backup.toByteArray();
  }

  /** Puts a store in the place of this one that knows what a backup knows. */
  void restore(byte[] backup) throws IOException {
    Register restored = new Register();
    restored.restore(new ByteArrayInputStream(backup));
    register = restored;
    store = over(restored);
  }

  Revision adopt(long expected, VersionId abandoned) {
    return store
        .propose(Proposal.of(JOB, expected, new Change.Adopt(abandoned), "somebody", ""))
        .join();
  }

  public Revision set(long expected, String document) {
    return store.propose(Proposal.of(JOB, expected, new Change.Set(document), "test", "")).join();
  }

  void delete(long expected) {
    store.propose(Proposal.of(JOB, expected, new Change.Delete(), "test", "")).join();
  }

  Optional<Revision> read() {
    return exists() ? Optional.of(store.read(JOB).join()) : Optional.empty();
  }

  public List<LedgerEntry> ledger() {
    return register.job(JOB).map(JobHistory::ledger).orElse(List.of());
  }

  Optional<String> schema() {
    return store.schema(JOB).join();
  }

  private boolean exists() {
    return store.read(JOB).handle((found, unknown) -> unknown == null).join();
  }

  @Override
  public void close() {
    STORES.remove(name);
    store.close();
    executor.shutdown();
  }

  private ConfigurationStore client() {
    return new Client();
  }

  private final class Client implements ConfigurationStore {

    private <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> question) {
      return away
          ? CompletableFuture.failedFuture(new StoreException.Unavailable("the store is away"))
          : question.get();
    }

    @Override
    public CompletableFuture<Revision> read(String job) {
      return ask(() -> store.read(job));
    }

    @Override
    public CompletableFuture<Revision> readLocal(String job) {
      return ask(() -> store.readLocal(job));
    }

    @Override
    public CompletableFuture<Revision> propose(Proposal proposal) {
      return ask(() -> store.propose(proposal));
    }

    @Override
    public CompletableFuture<Optional<Revision>> check(Proposal proposal) {
      return ask(() -> store.check(proposal));
    }

    // What comes while the store is away is lost: a watch is a hint.
    @Override
    public Watch watch(String job, long from, WatchListener listener) {
      return store.watch(
          job,
          from,
          new WatchListener() {
            @Override
            public void onRevision(Revision revision) {
              if (!away) {
                listener.onRevision(revision);
              }
            }

            @Override
            public void onEnd(StoreException reason) {
              listener.onEnd(reason);
            }
          });
    }

    @Override
    public CompletableFuture<List<Revision>> history(String job, long from, int limit) {
      return ask(() -> store.history(job, from, limit));
    }

    @Override
    public CompletableFuture<List<String>> jobs() {
      return ask(store::jobs);
    }

    @Override
    public CompletableFuture<Void> registerSchema(String job, String schema, String requestId) {
      return ask(() -> store.registerSchema(job, schema, requestId));
    }

    @Override
    public CompletableFuture<Optional<String>> schema(String job) {
      return ask(() -> store.schema(job));
    }

    @Override
    public CompletableFuture<Void> record(LedgerEntry entry) {
      return ask(() -> store.record(entry));
    }

    @Override
    public CompletableFuture<List<LedgerEntry>> ledger(String job) {
      return ask(() -> store.ledger(job));
    }

    @Override
    public CompletableFuture<Optional<Revision>> beginRestore(String job, VersionId newest) {
      return ask(() -> store.beginRestore(job, newest));
    }

    @Override
    public CompletableFuture<Void> restore(Revision revision) {
      return ask(() -> store.restore(revision));
    }

    @Override
    public void close() {
      // The store is the test's.
    }
  }
}
