package io.weir.consensus.store;

import io.weir.consensus.StoreException;
import io.weir.consensus.StoreException.Violation;
import java.util.List;
import java.util.Optional;

/** Knows just as much of YAML and JSON Schema as the contract's documents need. */
final class LimitCheck implements DocumentCheck {

  private static final long MAXIMUM = 9;
  private static final String LIMIT = "limit: ";

  @Override
  public void checkDocument(String document, Optional<String> schema) {
    if (document.contains("[") && !document.contains("]")) {
      throw invalid(new Violation("", "syntax", "the list has no end"));
    }
    if (schema.isPresent() && Long.parseLong(document.substring(LIMIT.length())) > MAXIMUM) {
      throw invalid(new Violation("/limit", "maximum", "must be at most " + MAXIMUM));
    }
  }

  @Override
  public void checkSchema(String schema) {
    if (schema.contains("\"type\": 7")) {
      throw invalid(new Violation("/type", "type", "must be a text"));
    }
  }

  private static StoreException invalid(Violation violation) {
    return new StoreException.InvalidConfiguration("the document", List.of(violation));
  }
}
