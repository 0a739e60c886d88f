package io.weir.consensus.http.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.Limits;
import io.weir.consensus.StoreException;
import io.weir.consensus.StoreException.Violation;

/**
 * An error as it is answered.
 *
 * @param status of HTTP
 * @param body with {@code error} (one word for programs), {@code message} (for people), details
 */
public record Problem(int status, ObjectNode body) {

  /** An error that no {@link StoreException} stands for, such as an unknown path. */
  public static Problem of(int status, String error, String message) {
    return new Problem(status, Json.object().put("error", error).put("message", message));
  }

  /** The answer to whoever asked for what a store refused. */
  public static Problem of(StoreException refusal) {
    if (refusal instanceof StoreException.VersionConflict conflict) {
      return of(409, "version_conflict", refusal)
          .with("job", conflict.job())
          .with("expected", conflict.expected())
          .with("actual", conflict.actual());
    }
    if (refusal instanceof StoreException.InvalidConfiguration invalid) {
      return invalid(invalid);
    }
    if (refusal instanceof StoreException.DocumentTooLarge large) {
      return of(413, "document_too_large", refusal)
          .with("written_bytes", large.writtenBytes())
          .with("compressed_bytes", large.compressedBytes())
          .with("allowed_written_bytes", Limits.DOCUMENT_BYTES)
          .with("allowed_compressed_bytes", Limits.COMPRESSED_BYTES);
    }
    return ofMissing(refusal);
  }

  private static Problem invalid(StoreException.InvalidConfiguration invalid) {
    Problem problem = of(422, "invalid_configuration", invalid).with("what", invalid.what());
    ArrayNode violations = problem.body().putArray("violations");
    for (Violation violation : invalid.violations()) {
      violations
          .addObject()
          .put("pointer", violation.pointer())
          .put("rule", violation.rule())
          .put("message", violation.message());
    }
    return problem;
  }

  private static Problem ofMissing(StoreException refusal) {
    if (refusal instanceof StoreException.UnknownJob unknown) {
      return of(404, "unknown_job", refusal).with("job", unknown.job());
    }
    if (refusal instanceof StoreException.UnknownVersion unknown) {
      return of(404, "unknown_version", refusal)
          .with("job", unknown.job())
          .with("version", unknown.version())
          .with("newest", unknown.newest());
    }
    if (refusal instanceof StoreException.Compacted compacted) {
      return of(410, "compacted", refusal)
          .with("job", compacted.job())
          .with("version", compacted.version())
          .with("oldest", compacted.oldest());
    }
    return ofPlain(refusal);
  }

  private static Problem ofPlain(StoreException refusal) {
    if (refusal instanceof StoreException.Unavailable) {
      return of(503, "unavailable", refusal);
    }
    if (refusal instanceof StoreException.OutcomeUnknown) {
      return of(504, "outcome_unknown", refusal);
    }
    if (refusal instanceof StoreException.AccessDenied) {
      return of(403, "forbidden", refusal);
    }
    return of(400, "invalid_request", refusal);
  }

  private static Problem of(int status, String error, StoreException refusal) {
    return of(status, error, String.valueOf(refusal.getMessage()));
  }

  public Problem with(String field, String value) {
    body.put(field, value);
    return this;
  }

  public Problem with(String field, long value) {
    body.put(field, value);
    return this;
  }

  /** The word for programs. */
  public String error() {
    return body.path("error").asText();
  }
}
