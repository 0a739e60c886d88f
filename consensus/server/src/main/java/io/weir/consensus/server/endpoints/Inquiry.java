package io.weir.consensus.server.endpoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.StoreException;
import io.weir.consensus.http.wire.Json;
import io.weir.consensus.server.access.Token;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that may be answered.
 *
 * @param job from the path; empty where the path has none
 * @param query by name
 * @param body as it came; empty for none
 * @param token that it came with; null where none is needed
 */
public record Inquiry(String job, Map<String, String> query, byte[] body, @Nullable Token token) {

  private static final Pattern WAIT = Pattern.compile("[0-9]{1,8}");

  ObjectNode json() {
    return Json.read(body);
  }

  String author() {
    if (token == null) {
      throw new IllegalStateException("a change without a token");
    }
    return token.name();
  }

  /** Refuses parameters that nobody reads. */
  void allow(String... names) {
    List<String> known = List.of(names);
    for (String name : query.keySet()) {
      if (!known.contains(name)) {
        throw new StoreException.InvalidRequest(
            "parameter '" + name + "' is not known; allowed are: " + String.join(", ", known));
      }
    }
  }

  long number(String name, long otherwise) {
    return number(name).orElse(otherwise);
  }

  OptionalLong number(String name) {
    String text = query.get(name);
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new StoreException.InvalidRequest(
          "parameter " + name + "=" + text + ": must be an integer");
    }
  }

  /** How long the client is willing to wait for something to happen, at most. */
  public long waitMillis() {
    String wait = query.get("wait_ms");
    return wait != null && WAIT.matcher(wait).matches()
        ? Math.min(Long.parseLong(wait), WatchEndpoint.MAX_WAIT_MILLIS)
        : 0;
  }

  String oneOf(String name, String otherwise, String... allowed) {
    String text = query.getOrDefault(name, otherwise);
    if (!List.of(allowed).contains(text)) {
      throw new StoreException.InvalidRequest(
          "parameter " + name + "=" + text + ": allowed are: " + String.join(", ", allowed));
    }
    return text;
  }
}
