package io.weir.consensus.server.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.consensus.StoreException.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds in a schema what points out of it: nothing is ever fetched, from anywhere. */
final class References {

  static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef");

  /** What is below is data, not schema. */
  private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");

  private final List<Violation> found = new ArrayList<>();

  private References() {}

  static List<Violation> outside(JsonNode schema) {
    References references = new References();
    references.search("", schema);
    return references.found;
  }

  private void search(String pointer, JsonNode schema) {
    if (schema.isArray()) {
      for (int i = 0; i < schema.size(); i++) {
        search(pointer + "/" + i, schema.get(i));
      }
    }
    for (Map.Entry<String, JsonNode> property : schema.properties()) {
      String key = property.getKey();
      String place = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
      if (!DATA.contains(key)) {
        check(place, key, property.getValue());
        search(place, property.getValue());
      }
    }
  }

  private void check(String place, String key, JsonNode value) {
    if (REFERENCES.contains(key) && value.isTextual() && !value.textValue().startsWith("#")) {
      add(place, key, value, "only references into the schema itself, '#...', are followed");
    }
    if (key.equals("$schema") && value.isTextual() && !value.textValue().equals(DIALECT)) {
      add(place, key, value, "must be " + DIALECT);
    }
  }

  private void add(String place, String key, JsonNode value, String allowed) {
    found.add(new Violation(place, key, "found " + value + "; " + allowed));
  }
}
