package io.weir.consensus.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.http.envelope.Envelope;
import io.weir.consensus.http.wire.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request to whichever node.
 *
 * @param body empty for none
 * @param changes whether it may change something, so that an attempt without an answer leaves open
 *     whether it did
 */
record Question(String method, String pathAndQuery, byte[] body, boolean changes) {

  private static final byte[] NOTHING = {};

  static Question get(String pathAndQuery) {
    return new Question("GET", pathAndQuery, NOTHING, false);
  }

  static Question change(String method, String pathAndQuery, @Nullable ObjectNode body) {
    return new Question(method, pathAndQuery, body == null ? NOTHING : Json.write(body), true);
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

  /** As it goes to a node, among others. */
  byte[] envelope(long number) {
    return Envelope.encode(number, method + " " + pathAndQuery, body);
  }
}
