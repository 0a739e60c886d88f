package io.weir.consensus.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.weir.consensus.http.wire.JobsJson;
import io.weir.consensus.http.wire.Json;
import io.weir.consensus.http.wire.LedgerJson;
import io.weir.consensus.http.wire.Pages;
import io.weir.consensus.http.wire.ProposalJson;
import io.weir.consensus.http.wire.RestoreJson;
import io.weir.consensus.http.wire.RevisionJson;
import io.weir.consensus.http.wire.SchemaJson;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store as its clients reach it: over TLS, at any node, by one connection to each that is used.
 * Every call ends within {@link HttpStoreSettings#callLimit}; a change without an answer by then
 * ends with {@link StoreException.OutcomeUnknown} when it may have been done. A watch outlives the
 * loss of all nodes, and goes on by itself.
 *
 * <p>Thread-safe. Futures and listeners are called on one of two threads of this client, which must
 * not be blocked. The nodes note the token's name as the author, with the proposal's in brackets.
 */
public final class HttpStore implements ConfigurationStore {

  /** For watches as for calls: a node that comes back is found again within a second. */
  private static final long MOST_BACKOFF_MILLIS = 500;

  private final HttpStoreSettings settings;
  private final Exchanges exchanges;
  private final Nodes nodes;
  private final Backoff backoff;
  private final Set<Call<?>> calls = ConcurrentHashMap.newKeySet();
  private final Set<HttpWatch> watches = ConcurrentHashMap.newKeySet();
  private volatile long lastAnswerNanos = System.nanoTime();
  private volatile boolean closed;

  public HttpStore(HttpStoreSettings settings) {
    this.settings = settings;
    this.exchanges = new Exchanges(settings);
    this.nodes =
        new Nodes(settings.nodes(), ThreadLocalRandom.current().nextInt(settings.nodes().size()));
    this.backoff = new Backoff(ThreadLocalRandom::current, MOST_BACKOFF_MILLIS);
  }

  @Override
  public CompletableFuture<Revision> read(String job) {
    return call(() -> Question.get(path(job)), RevisionJson::read);
  }

  @Override
  public CompletableFuture<Revision> readLocal(String job) {
    return call(() -> Question.get(path(job) + "?consistency=local"), RevisionJson::read);
  }

  @Override
  public CompletableFuture<Revision> propose(Proposal proposal) {
    return call(() -> question(proposal), RevisionJson::read);
  }

  @Override
  public CompletableFuture<Optional<Revision>> check(Proposal proposal) {
    return call(
        () -> {
          checkSize(proposal);
          return Question.post(path(proposal.job()) + "/check", ProposalJson.writeCheck(proposal));
        },
        ProposalJson::readCurrent);
  }

  private static Question question(Proposal proposal) {
    checkSize(proposal);
    String path = path(proposal.job());
    ObjectNode fields = ProposalJson.write(proposal);
    return switch (proposal.change().kind()) {
      case SET -> Question.change("PUT", path, fields);
      case ROLLBACK -> Question.change("POST", path + "/rollback", fields);
      case ADOPT -> Question.change("POST", path + "/adopt", fields);
      case DELETE -> Question.change("DELETE", path + Question.query(fields), null);
    };
  }

  /** What is too large for the store may be too large for a request, which would say less. */
  private static void checkSize(Proposal proposal) {
    // A shorter one fits into a request, however many bytes its characters have.
    if (proposal.change() instanceof Change.Set set
        && set.document().length() > Limits.DOCUMENT_BYTES / 4) {
      Limits.compress(set.document());
    }
  }

  @Override
  public Watch watch(String job, long from, WatchListener listener) {
    Limits.checkJob(job);
    Limits.checkVersion("watch from version", from, 1);
    HttpWatch watch = new HttpWatch(this, job, from, listener);
    watches.add(watch);
    if (closed) {
      watch.close();
    }
    exchanges.soon(watch::ask);
    return watch;
  }

  @Override
  public CompletableFuture<List<Revision>> history(String job, long from, int limit) {
    return page(job, from, limit)
        .thenCompose(
            page ->
                page.size() < Pages.REVISIONS || page.size() >= limit
                    ? CompletableFuture.completedFuture(page)
                    : history(job, page.get(page.size() - 1).version() + 1, limit - page.size())
                        .thenApply(rest -> joined(page, rest)));
  }

  private CompletableFuture<List<Revision>> page(String job, long from, int limit) {
    return call(
        () -> Question.get(path(job) + "/history?from=" + from + "&limit=" + limit),
        RevisionJson::readAll);
  }

  private static List<Revision> joined(List<Revision> page, List<Revision> rest) {
    List<Revision> all = new ArrayList<>(page);
    all.addAll(rest);
    return all;
  }

  @Override
  public CompletableFuture<List<String>> jobs() {
    return call(() -> Question.get("/v1/jobs"), JobsJson::read);
  }

  /**
   * How two versions differ, as a unified diff; empty when they do not.
   *
   * @return the text; or {@link StoreException.UnknownVersion}, {@link StoreException.Compacted}
   */
  public CompletableFuture<String> diff(String job, long from, long to) {
    return call(
        () -> Question.get(path(job) + "/diff?from=" + from + "&to=" + to),
        json -> Json.text(json, "diff"));
  }

  @Override
  public CompletableFuture<Void> registerSchema(String job, String schema, String requestId) {
    return call(
        () -> {
          Limits.compress(schema);
          Limits.checkRequestId(requestId);
          return Question.change("PUT", path(job) + "/schema", SchemaJson.write(schema, requestId));
        },
        HttpStore::nothing);
  }

  @Override
  public CompletableFuture<Optional<String>> schema(String job) {
    return call(
        () -> Question.get(path(job) + "/schema"), json -> Json.optionalText(json, "schema"));
  }

  @Override
  public CompletableFuture<Void> record(LedgerEntry entry) {
    return call(
        () -> Question.change("POST", path(entry.job()) + "/ledger", LedgerJson.write(entry)),
        HttpStore::nothing);
  }

  @Override
  public CompletableFuture<List<LedgerEntry>> ledger(String job) {
    return call(() -> Question.get(path(job) + "/ledger"), json -> LedgerJson.readAll(job, json));
  }

  @Override
  public CompletableFuture<Optional<Revision>> beginRestore(String job, VersionId newest) {
    return call(
        () -> Question.change("POST", path(job) + "/restore", RestoreJson.write(newest)),
        RestoreJson::readProgress);
  }

  @Override
  public CompletableFuture<Void> restore(Revision revision) {
    return call(
        () ->
            Question.change("PUT", path(revision.job()) + "/restore", RevisionJson.write(revision)),
        HttpStore::nothing);
  }

  /**
   * What each node says of its cluster, by itself: one attempt each. A node that does not answer
   * has a problem instead.
   */
  public CompletableFuture<List<NodeStatus>> statuses() {
    List<CompletableFuture<NodeStatus>> all = nodes.all().stream().map(this::status).toList();
    return CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]))
        .thenApply(nothing -> all.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<NodeStatus> status(URI node) {
    CompletableFuture<NodeStatus> status = new CompletableFuture<>();
    Exchanges.Sent unused =
        exchanges.send(
            node,
            Question.get("/v1/status"),
            settings.attemptLimit(),
            reply -> status.complete(NodeStatus.of(node, reply)));
    return status;
  }

  /** How long ago a node last answered anything; from the start, when none ever did. */
  public Duration sinceLastAnswer() {
    return Duration.ofNanos(System.nanoTime() - lastAnswerNanos);
  }

  private static String path(String job) {
    return "/v1/jobs/" + Limits.checkJob(job);
  }

  private static @Nullable Void nothing(ObjectNode json) {
    return null;
  }

  private <T extends @Nullable Object> CompletableFuture<T> call(
      Supplier<Question> question, Function<ObjectNode, T> decode) {
    try {
      return start(new Call<>(this, question.get(), decode, settings.callLimit()));
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private <T extends @Nullable Object> CompletableFuture<T> start(Call<T> call) {
    if (calls.size() >= settings.maxInFlight()) {
      throw new StoreException.Unavailable(
          settings.maxInFlight() + " calls wait already; no more are allowed");
    }
    calls.add(call);
    call.attempt();
    if (closed) {
      call.close();
    }
    return call.result().whenComplete((value, failure) -> calls.remove(call));
  }

  HttpStoreSettings settings() {
    return settings;
  }

  Exchanges exchanges() {
    return exchanges;
  }

  Nodes nodes() {
    return nodes;
  }

  Backoff backoff() {
    return backoff;
  }

  void answered() {
    lastAnswerNanos = System.nanoTime();
  }

  void forget(HttpWatch watch) {
    watches.remove(watch);
  }

  @Override
  public void close() {
    closed = true;
    watches.forEach(HttpWatch::close);
    exchanges.close();
    calls.forEach(Call::close);
  }
}
