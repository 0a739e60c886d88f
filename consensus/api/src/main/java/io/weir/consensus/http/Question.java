package io.weir.consensus.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.http.wire.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request to whichever node.
 *
 * @param changes whether it may change something, so that an attempt without an answer leaves open
 *     whether it did
 */
record Question(String method, String pathAndQuery, byte @Nullable [] body, boolean changes) {

  static Question get(String pathAndQuery) {
    return new Question("GET", pathAndQuery, null, false);
  }

  static Question change(String method, String pathAndQuery, @Nullable ObjectNode body) {
    return new Question(method, pathAndQuery, body == null ? null : Json.write(body), true);
  }

  /** A question with a body that changes nothing. */
  static Question post(String pathAndQuery, ObjectNode body) {
    return new Question("POST", pathAndQuery, Json.write(body), false);
  }

  /** A JSON object as a query. */
  static String query(ObjectNode fields) {
    StringBuilder query = new StringBuilder();
    fields
        .properties()
        .forEach(
            field ->
                query
                    .append(query.isEmpty() ? '?' : '&')
                    .append(field.getKey())
                    .append('=')
                    .append(encode(field.getValue().asText())));
    return query.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  HttpRequest to(URI node, String token) {
    BodyPublisher content =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(node.resolve(pathAndQuery))
            .method(method, content)
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/json");
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return request.build();
  }
}
