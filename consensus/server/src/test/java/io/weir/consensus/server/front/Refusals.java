package io.weir.consensus.server.front;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Requests that are refused: method, path, token, body; status, error and a part of the message.
 * The store has a job {@code known} at version 1, whose schema has a largest threshold of 10, and a
 * job {@code old} at version 202.
 */
final class Refusals {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GOOD = "{\"expected\": 1, \"document\": \"threshold: 5\"}";

  private Refusals() {}

  static Stream<Arguments> all() {
    return Stream.of(
            access(),
            places(),
            questions(),
            bodies(),
            changes(),
            adoptions(),
            restorations(),
            notes())
        .flatMap(Function.identity());
  }

  /** Who must not, or did not say who they are. */
  private static Stream<Arguments> access() {
    return Stream.of(
        arguments("GET", "/v1/jobs", null, "", 401, "unauthorized", "a token is missing"),
        arguments("GET", "/metrics", null, "", 401, "unauthorized", "a token is missing"),
        arguments("PUT", "/v1/jobs/known", null, GOOD, 401, "unauthorized", "a token is missing"),
        arguments("GET", "/nowhere", null, "", 401, "unauthorized", "a token is missing"),
        arguments("GET", "/v1/jobs", "wrong", "", 401, "unauthorized", "is not known"),
        arguments("PUT", "/v1/jobs/known", "READ", GOOD, 403, "forbidden", "propose is needed"),
        arguments("PUT", "/v1/jobs/known/schema", "READ", "{}", 403, "forbidden", "propose"),
        arguments("POST", "/v1/jobs/known/ledger", "READ", "{}", 403, "forbidden", "propose"),
        arguments("DELETE", "/v1/jobs/known?expected=1", "PROPOSE", "", 403, "forbidden", "admin"),
        arguments("POST", "/v1/jobs/known/adopt", "PROPOSE", "{}", 403, "forbidden", "admin"),
        arguments("POST", "/v1/jobs/known/restore", "PROPOSE", "{}", 403, "forbidden", "admin"),
        arguments("PUT", "/v1/jobs/known/restore", "PROPOSE", "{}", 403, "forbidden", "admin"));
  }

  /** Paths, methods and names of jobs that are none. */
  private static Stream<Arguments> places() {
    return Stream.of(
        arguments("GET", "/v1/nowhere", "READ", "", 404, "unknown_path", "no path /v1/nowhere"),
        arguments("GET", "/v1/jobs/", "READ", "", 404, "unknown_path", "no path"),
        arguments("PATCH", "/v1/jobs/known", "ADMIN", "", 405, "method_not_allowed", "PATCH"),
        arguments("GET", "/v1/jobs/none", "READ", "", 404, "unknown_job", "no job 'none'"),
        arguments("GET", "/v1/jobs/none/history", "READ", "", 404, "unknown_job", "'none'"),
        arguments("GET", "/v1/jobs/a%20b", "READ", "", 400, "invalid_request", "job 'a%20b'"),
        arguments("GET", "/v1/jobs/a%2Fb", "READ", "", 400, "bad_http", "Ambiguous"));
  }

  /** Parameters that are wrong, and versions that are not there. */
  private static Stream<Arguments> questions() {
    return Stream.of(
        arguments(
            "GET", "/v1/jobs/known?consistency=x", "READ", "", 400, "invalid_request", "local"),
        arguments("GET", "/v1/jobs/known?local=1", "READ", "", 400, "invalid_request", "'local'"),
        arguments(
            "GET", "/v1/jobs/known/history?from=x", "READ", "", 400, "invalid_request", "from=x"),
        arguments(
            "GET",
            "/v1/jobs/known/history?limit=0",
            "READ",
            "",
            400,
            "invalid_request",
            "at least 1"),
        arguments(
            "GET",
            "/v1/jobs/known/diff?from=1",
            "READ",
            "",
            400,
            "invalid_request",
            "to is missing"),
        arguments(
            "GET",
            "/v1/jobs/known/diff?from=1&to=9",
            "READ",
            "",
            404,
            "unknown_version",
            "newest version is 1"),
        arguments(
            "GET",
            "/v1/jobs/old/diff?from=1&to=9",
            "READ",
            "",
            410,
            "compacted",
            "oldest with content is 3"),
        arguments(
            "GET",
            "/v1/jobs/old/watch?from=1",
            "READ",
            "",
            410,
            "compacted",
            "oldest with content is 3"));
  }

  /** What is no request. */
  private static Stream<Arguments> bodies() {
    return Stream.of(
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            "{\"expected\": 1,",
            400,
            "invalid_request",
            "not JSON"),
        arguments("PUT", "/v1/jobs/known", "PROPOSE", "[]", 400, "invalid_request", "JSON object"),
        arguments("PUT", "/v1/jobs/known", "PROPOSE", "", 400, "invalid_request", "JSON object"),
        arguments(
            "PUT", "/v1/jobs/known", "PROPOSE", GOOD + GOOD, 400, "invalid_request", "not JSON"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            "{\"expected\": 1, \"expected\": 1}",
            400,
            "invalid_request",
            "Duplicate"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            "[".repeat(10_000),
            400,
            "invalid_request",
            "not JSON"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            "{\"expected\": 1}",
            400,
            "invalid_request",
            "'document' is missing"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            "{\"expected\": \"1\", \"document\": \"a\"}",
            400,
            "invalid_request",
            "'expected' must be an integer"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            "{\"expected\": 1, \"document\": \"a\", \"dry\": 1}",
            400,
            "invalid_request",
            "'dry' is not known"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            "x".repeat(1_000_000),
            413,
            "request_too_large",
            "1000000 bytes"),
        arguments(
            "POST",
            "/v1/jobs/known/check",
            "READ",
            "{\"change\": \"drop\", \"expected\": 1}",
            400,
            "invalid_request",
            "set, rollback, delete, adopt"),
        arguments(
            "DELETE",
            "/v1/jobs/known",
            "ADMIN",
            "",
            400,
            "invalid_request",
            "'expected' is missing"));
  }

  /** Requests that are understood, and cannot be done. */
  private static Stream<Arguments> changes() {
    return Stream.of(
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            set(1, "{threshold: 11}"),
            422,
            "invalid_configuration",
            "must have a maximum value of 10"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            set(1, "a: [1"),
            422,
            "invalid_configuration",
            "not YAML"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            set(7, "a: 1"),
            409,
            "version_conflict",
            "at version 1, not at the expected 7"),
        arguments(
            "PUT",
            "/v1/jobs/none",
            "PROPOSE",
            set(1, "a: 1"),
            409,
            "version_conflict",
            "at version 0"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            set(1, "a".repeat(300_000)),
            413,
            "document_too_large",
            "300000 bytes"),
        arguments(
            "PUT",
            "/v1/jobs/known",
            "PROPOSE",
            set(1, noise()),
            413,
            "document_too_large",
            "compressed"),
        arguments(
            "POST",
            "/v1/jobs/known/rollback",
            "PROPOSE",
            "{\"expected\": 1, \"to\": 5}",
            404,
            "unknown_version",
            "no version 5"),
        arguments(
            "POST",
            "/v1/jobs/old/rollback",
            "PROPOSE",
            "{\"expected\": 202, \"to\": 2}",
            410,
            "compacted",
            "oldest with content is 3"),
        arguments("DELETE", "/v1/jobs/none?expected=0", "ADMIN", "", 404, "unknown_job", "'none'"));
  }

  /** Of adoptions. */
  private static Stream<Arguments> adoptions() {
    return Stream.of(
        arguments(
            "POST",
            "/v1/jobs/known/adopt",
            "ADMIN",
            "{\"expected\": 1}",
            400,
            "invalid_request",
            "'abandoned' is missing"),
        arguments(
            "POST",
            "/v1/jobs/known/adopt",
            "ADMIN",
            "{\"expected\": 1, \"abandoned\": {\"version\": 5, \"hash\": \"5e\"}}",
            400,
            "invalid_request",
            "hash '5e'"),
        arguments(
            "POST",
            "/v1/jobs/none/adopt",
            "ADMIN",
            "{\"expected\": 0, \"abandoned\": {\"version\": 5, \"hash\": \"%s\"}}"
                .formatted("5e".repeat(32)),
            404,
            "unknown_job",
            "'none'"),
        arguments(
            "POST",
            "/v1/jobs/known/adopt",
            "ADMIN",
            "{\"expected\": 4, \"abandoned\": {\"version\": 5, \"hash\": \"%s\"}}"
                .formatted("5e".repeat(32)),
            409,
            "version_conflict",
            "not at the expected 4"));
  }

  /** Of restorations. */
  private static Stream<Arguments> restorations() {
    return Stream.of(
        arguments(
            "POST",
            "/v1/jobs/known/restore",
            "ADMIN",
            "{\"newest\": {\"version\": 5, \"hash\": \"%s\"}}".formatted("5e".repeat(32)),
            400,
            "invalid_request",
            "has versions already"),
        arguments(
            "PUT", "/v1/jobs/known/restore", "ADMIN", "{\"a\": 1}", 400, "invalid_request", "'a'"));
  }

  /** Of schemas and ledgers. */
  private static Stream<Arguments> notes() {
    return Stream.of(
        arguments(
            "POST",
            "/v1/jobs/known/ledger",
            "PROPOSE",
            "{\"flink_job_id\": \"f\", \"checkpoint\": 0, \"version\": 5, \"subtasks\": 0,"
                + " \"time\": \"2026-01-01T00:00:00Z\", \"outcome\": \"not_followed\"}",
            400,
            "invalid_request",
            "hash ''"),
        arguments(
            "PUT",
            "/v1/jobs/known/schema",
            "PROPOSE",
            "{\"schema\": \"{type: x}\"}",
            422,
            "invalid_configuration",
            "draft 2020-12"),
        arguments(
            "POST",
            "/v1/jobs/known/ledger",
            "PROPOSE",
            "{\"flink_job_id\": \"f\"}",
            400,
            "invalid_request",
            "'checkpoint' is missing"),
        arguments(
            "POST",
            "/v1/jobs/known/ledger",
            "PROPOSE",
            ledger(9),
            404,
            "unknown_version",
            "no version 9"));
  }

  /** A change of the document. */
  static String set(long expected, String document) {
    return JSON.createObjectNode().put("expected", expected).put("document", document).toString();
  }

  private static String ledger(long version) {
    return JSON.createObjectNode()
        .put("flink_job_id", "f")
        .put("checkpoint", 1)
        .put("version", version)
        .put("time", "2026-01-01T00:00:00Z")
        .put("subtasks", 1)
        .put("outcome", "in_force")
        .toString();
  }

  /** Fits as it is written, and does not compress. */
  static String noise() {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("a: \"");
    random.ints(150_000, 'A', 'z').filter(Character::isLetter).forEach(text::appendCodePoint);
    return text.append('"').toString();
  }
}
