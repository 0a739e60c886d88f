package io.weir.consensus.server.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.consensus.http.wire.Json;
import io.weir.consensus.http.wire.Problem;
import java.util.Map;

/**
 * An answer before it is sent.
 *
 * @param error its word, for the metrics; empty for none
 */
public record HttpAnswer(
    int status, String contentType, byte[] body, Map<String, String> headers, String error) {

  private static final String JSON = "application/json";

  public static HttpAnswer json(JsonNode json) {
    return new HttpAnswer(200, JSON, Json.write(json), Map.of(), "");
  }

  static HttpAnswer text(String contentType, byte[] body) {
    return new HttpAnswer(200, contentType, body, Map.of(), "");
  }

  public static HttpAnswer of(Problem problem) {
    return new HttpAnswer(
        problem.status(), JSON, Json.write(problem.body()), Map.of(), problem.error());
  }

  public HttpAnswer withHeader(String name, String value) {
    return new HttpAnswer(status, contentType, body, Map.of(name, value), error);
  }
}
