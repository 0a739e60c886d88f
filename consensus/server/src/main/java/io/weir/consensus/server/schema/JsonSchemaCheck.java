package io.weir.consensus.server.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import io.weir.consensus.StoreException.InvalidConfiguration;
import io.weir.consensus.StoreException.Violation;
import io.weir.consensus.store.DocumentCheck;
import java.util.List;
import java.util.Optional;

/**
 * Checks documents with JSON Schema, draft 2020-12. Thread-safe; works in the caller's thread, some
 * microseconds to some milliseconds.
 */
public final class JsonSchemaCheck implements DocumentCheck {

  private static final String WHAT = "the document";

  private final CompiledSchemas schemas = new CompiledSchemas();

  @Override
  public void checkDocument(String document, Optional<String> schema) {
    JsonNode value = YamlDocument.parse(WHAT, document);
    schema.ifPresent(text -> validate(value, schemas.get(text)));
  }

  /**
   * Checks a document with a schema that is part of this build, and is not checked itself.
   *
   * @throws InvalidConfiguration when it is not YAML, or breaks the schema
   */
  public static JsonNode checkedByOwn(String what, String document, String schema) {
    JsonNode value = YamlDocument.parse(what, document);
    validate(value, CompiledSchemas.own(schema));
    return value;
  }

  private static void validate(JsonNode value, Schema schema) {
    List<Violation> violations = violations(value, schema);
    if (!violations.isEmpty()) {
      throw new InvalidConfiguration(WHAT + " breaks the schema", violations);
    }
  }

  private static List<Violation> violations(JsonNode value, Schema schema) {
    try {
      return Violations.of(schema.validate(value));
    } catch (BoundedPattern.TooExpensive e) {
      return List.of(new Violation("", "pattern", String.valueOf(e.getMessage())));
    } catch (StackOverflowError e) {
      // From outside: a schema that refers to itself for ever, or a pattern that nests too deep.
      return List.of(new Violation("", "$ref", "the schema does not come to an end"));
    }
  }

  @Override
  public void checkSchema(String schema) {
    schemas.get(schema);
  }
}
