package io.weir.consensus.server.endpoints;

import static io.weir.consensus.server.access.Role.ADMIN;
import static io.weir.consensus.server.access.Role.PROPOSE;
import static io.weir.consensus.server.access.Role.READ;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Limits;
import io.weir.consensus.Proposal;
import io.weir.consensus.http.wire.JobsJson;
import io.weir.consensus.http.wire.Json;
import io.weir.consensus.http.wire.LedgerJson;
import io.weir.consensus.http.wire.Pages;
import io.weir.consensus.http.wire.ProposalJson;
import io.weir.consensus.http.wire.RestoreJson;
import io.weir.consensus.http.wire.RevisionJson;
import io.weir.consensus.http.wire.SchemaJson;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads and changes of the store. */
final class StoreEndpoints {

  private static final String JOB = "/v1/jobs/{job}";

  private final ConfigurationStore store;
  private final NodeMetrics metrics;

  StoreEndpoints(ConfigurationStore store, NodeMetrics metrics) {
    this.store = store;
    this.metrics = metrics;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/jobs", READ, this::jobs),
        Route.get(JOB, READ, this::read),
        Route.get(JOB + "/history", READ, this::history),
        Route.get(JOB + "/schema", READ, this::schema),
        Route.get(JOB + "/ledger", READ, this::ledger),
        new Route("POST", JOB + "/check", READ, this::check),
        new Route("PUT", JOB, PROPOSE, this::set),
        new Route("POST", JOB + "/rollback", PROPOSE, this::rollback),
        new Route("DELETE", JOB, ADMIN, this::delete),
        new Route("POST", JOB + "/adopt", ADMIN, this::adopt),
        new Route("POST", JOB + "/restore", ADMIN, this::beginRestore),
        new Route("PUT", JOB + "/restore", ADMIN, this::restore),
        new Route("PUT", JOB + "/schema", PROPOSE, this::registerSchema),
        new Route("POST", JOB + "/ledger", PROPOSE, this::record));
  }

  private CompletableFuture<HttpAnswer> jobs(Inquiry inquiry) {
    inquiry.allow();
    return store.jobs().thenApply(JobsJson::write).thenApply(HttpAnswer::json);
  }

  private CompletableFuture<HttpAnswer> read(Inquiry inquiry) {
    inquiry.allow("consistency");
    String job = Limits.checkJob(inquiry.job());
    String consistency = inquiry.oneOf("consistency", "linearizable", "linearizable", "local");
    return (consistency.equals("local") ? store.readLocal(job) : store.read(job))
        .thenApply(RevisionJson::write)
        .thenApply(HttpAnswer::json);
  }

  private CompletableFuture<HttpAnswer> history(Inquiry inquiry) {
    inquiry.allow("from", "limit");
    long from = Limits.checkVersion("from", inquiry.number("from", 1), 1);
    long limit = Limits.checkVersion("limit", inquiry.number("limit", Pages.REVISIONS), 1);
    return store
        .history(Limits.checkJob(inquiry.job()), from, (int) Math.min(limit, Pages.REVISIONS))
        .thenApply(RevisionJson::writeAll)
        .thenApply(HttpAnswer::json);
  }

  private CompletableFuture<HttpAnswer> schema(Inquiry inquiry) {
    inquiry.allow();
    return store
        .schema(Limits.checkJob(inquiry.job()))
        .thenApply(schema -> Json.object().put("schema", schema.orElse(null)))
        .thenApply(HttpAnswer::json);
  }

  private CompletableFuture<HttpAnswer> ledger(Inquiry inquiry) {
    inquiry.allow();
    String job = Limits.checkJob(inquiry.job());
    return store
        .ledger(job)
        .thenApply(entries -> LedgerJson.writeAll(job, entries))
        .thenApply(HttpAnswer::json);
  }

  private CompletableFuture<HttpAnswer> check(Inquiry inquiry) {
    inquiry.allow();
    ObjectNode json = inquiry.json();
    Change change = ProposalJson.checked(json);
    return store
        .check(ProposalJson.read(inquiry.job(), change, json, inquiry.author()))
        .thenApply(ProposalJson::writeCurrent)
        .thenApply(HttpAnswer::json);
  }

  private CompletableFuture<HttpAnswer> set(Inquiry inquiry) {
    inquiry.allow();
    ObjectNode json = inquiry.json();
    return propose(inquiry, ProposalJson.set(json), json);
  }

  private CompletableFuture<HttpAnswer> rollback(Inquiry inquiry) {
    inquiry.allow();
    ObjectNode json = inquiry.json();
    return propose(inquiry, ProposalJson.rollback(json), json);
  }

  private CompletableFuture<HttpAnswer> adopt(Inquiry inquiry) {
    inquiry.allow();
    ObjectNode json = inquiry.json();
    return propose(inquiry, ProposalJson.adopt(json), json);
  }

  private CompletableFuture<HttpAnswer> delete(Inquiry inquiry) {
    ObjectNode json = Json.object();
    inquiry.query().forEach(json::put);
    inquiry
        .number(ProposalJson.EXPECTED)
        .ifPresent(number -> json.put(ProposalJson.EXPECTED, number));
    return propose(inquiry, ProposalJson.delete(json), json);
  }

  private CompletableFuture<HttpAnswer> propose(Inquiry inquiry, Change change, ObjectNode json) {
    Proposal proposal = ProposalJson.read(inquiry.job(), change, json, inquiry.author());
    return metrics
        .counted(store.propose(proposal))
        .thenApply(RevisionJson::write)
        .thenApply(HttpAnswer::json);
  }

  private CompletableFuture<HttpAnswer> registerSchema(Inquiry inquiry) {
    inquiry.allow();
    ObjectNode json = inquiry.json();
    return store
        .registerSchema(
            Limits.checkJob(inquiry.job()), SchemaJson.schema(json), SchemaJson.requestId(json))
        .thenApply(nothing -> HttpAnswer.json(Json.object()));
  }

  private CompletableFuture<HttpAnswer> record(Inquiry inquiry) {
    inquiry.allow();
    LedgerEntry entry = LedgerJson.readRequest(inquiry.job(), inquiry.json());
    return store.record(entry).thenApply(nothing -> HttpAnswer.json(Json.object()));
  }

  private CompletableFuture<HttpAnswer> beginRestore(Inquiry inquiry) {
    inquiry.allow();
    return store
        .beginRestore(Limits.checkJob(inquiry.job()), RestoreJson.read(inquiry.json()))
        .thenApply(RestoreJson::writeProgress)
        .thenApply(HttpAnswer::json);
  }

  private CompletableFuture<HttpAnswer> restore(Inquiry inquiry) {
    inquiry.allow();
    return store
        .restore(RestoreJson.readVersion(inquiry.job(), inquiry.json()))
        .thenApply(nothing -> HttpAnswer.json(Json.object()));
  }
}
