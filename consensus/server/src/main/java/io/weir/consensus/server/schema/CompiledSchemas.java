package io.weir.consensus.server.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import io.weir.consensus.Chain;
import io.weir.consensus.StoreException.InvalidConfiguration;
import io.weir.consensus.StoreException.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

/** Compiles schemas, and keeps the ones used last. Thread-safe. */
final class CompiledSchemas {

  private static final String WHAT = "the schema";
  private static final int MOST = 128;

  private static final SchemaRegistryConfig CONFIG =
      SchemaRegistryConfig.builder()
          .pathType(PathType.JSON_POINTER)
          .locale(Locale.ROOT)
          .formatAssertionsEnabled(false)
          .regularExpressionFactory(BoundedPattern.factory())
          .build();

  /** The schema of schemas: reading it takes longer than all else here, and not all need it. */
  private static final class Dialect {
    private static final Schema SCHEMA =
        registry().getSchema(SchemaLocation.of(Dialects.getDraft202012().getId()));
  }

  private final Map<String, Schema> byHash =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Schema> eldest) {
          return size() > MOST;
        }
      };

  /** One for each schema, because it remembers every schema under its {@code $id}. */
  private static SchemaRegistry registry() {
    return SchemaRegistry.withDialect(
        Dialects.getDraft202012(), builder -> builder.schemaRegistryConfig(CONFIG));
  }

  /** The compiled schema, new or known. */
  Schema get(String schema) {
    String hash = Chain.hashDocument(schema);
    synchronized (byHash) {
      Schema known = byHash.get(hash);
      if (known != null) {
        return known;
      }
    }
    Schema compiled = compile(schema);
    synchronized (byHash) {
      byHash.put(hash, compiled);
    }
    return compiled;
  }

  /** Compiles a schema that is part of this build, and therefore is one. */
  static Schema own(String schema) {
    return registry().getSchema(YamlDocument.parse(WHAT, schema));
  }

  /**
   * Compiles a schema.
   *
   * @throws InvalidConfiguration when it is none, or points to something outside
   */
  private static Schema compile(String text) {
    JsonNode schema = YamlDocument.parse(WHAT, text);
    refuseIfAny(References.outside(schema));
    refuseIfAny(Violations.of(Dialect.SCHEMA.validate(schema)));
    try {
      Schema compiled = registry().getSchema(schema);
      compiled.initializeValidators();
      return compiled;
    } catch (SchemaException e) {
      throw e.getCause() instanceof PatternSyntaxException syntax
          ? refusal("pattern", syntax.getDescription() + ": " + syntax.getPattern())
          : refusal("schema", String.valueOf(e.getMessage()));
    }
  }

  private static void refuseIfAny(List<Violation> violations) {
    if (!violations.isEmpty()) {
      throw new InvalidConfiguration(WHAT + " is not one of draft 2020-12", violations);
    }
  }

  private static InvalidConfiguration refusal(String rule, String message) {
    return new InvalidConfiguration(
        WHAT + " cannot be used", List.of(new Violation("", rule, message)));
  }
}
