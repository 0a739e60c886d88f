package io.weir.consensus.server.front.admission;

import io.weir.consensus.StoreException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.util.UrlEncoded;
import org.jspecify.annotations.Nullable;

/** The part of a path behind its question mark. */
final class Query {

  private Query() {}

  /** Its parameters by name; the last one where a name comes twice. */
  static Map<String, String> parse(@Nullable String query) {
    if (query == null || query.isBlank()) {
      return Map.of();
    }
    Map<String, String> parameters = new HashMap<>();
    try {
      UrlEncoded.decodeUtf8To(query, 0, query.length(), parameters::put, false, false, false);
    } catch (IllegalArgumentException e) {
      throw new StoreException.InvalidRequest("the query is not well formed: " + e.getMessage());
    }
    return parameters;
  }
}
