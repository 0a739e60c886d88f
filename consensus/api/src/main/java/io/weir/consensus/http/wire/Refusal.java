package io.weir.consensus.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.consensus.StoreException;
import io.weir.consensus.StoreException.Violation;
import java.util.ArrayList;
import java.util.List;

/** Turns an error that a node answered back into the exception that it stands for. */
public final class Refusal {

  private Refusal() {}

  /**
   * Reads an error.
   *
   * @param status of HTTP, for errors of nodes newer than this client
   */
  public static StoreException read(int status, JsonNode body) {
    String message = body.path("message").asText("status " + status);
    String job = body.path("job").asText();
    return switch (body.path("error").asText()) {
      case "version_conflict" ->
          new StoreException.VersionConflict(
              job, body.path("expected").asLong(), body.path("actual").asLong());
      case "invalid_configuration" ->
          new StoreException.InvalidConfiguration(body.path("what").asText(), violations(body));
      case "document_too_large" ->
          new StoreException.DocumentTooLarge(
              body.path("written_bytes").asLong(), body.path("compressed_bytes").asLong(-1));
      case "unknown_job" -> new StoreException.UnknownJob(job);
      case "unknown_version" ->
          new StoreException.UnknownVersion(
              job, body.path("version").asLong(), body.path("newest").asLong());
      case "compacted" ->
          new StoreException.Compacted(
              job, body.path("version").asLong(), body.path("oldest").asLong());
      case "unauthorized", "forbidden" -> new StoreException.AccessDenied(message);
      case "unavailable" -> new StoreException.Unavailable(message);
      case "outcome_unknown" -> new StoreException.OutcomeUnknown(message);
      default -> byStatus(status, message);
    };
  }

  /** What is refused will be refused again; what failed may have happened. */
  private static StoreException byStatus(int status, String message) {
    return status < 500
        ? new StoreException.InvalidRequest(message)
        : new StoreException.OutcomeUnknown(message);
  }

  private static List<Violation> violations(JsonNode body) {
    List<Violation> violations = new ArrayList<>();
    for (JsonNode node : body.path("violations")) {
      violations.add(
          new Violation(
              node.path("pointer").asText(),
              node.path("rule").asText(),
              node.path("message").asText()));
    }
    return violations;
  }
}
