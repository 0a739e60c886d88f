package io.weir.jobs.analytics;

import io.weir.jobs.routing.RoutingRules;
import io.weir.operators.aggregate.Aggregations;
import io.weir.operators.epoch.InvalidConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What may change while an analytics job runs: its live configuration, as the store holds it.
 *
 * <pre>
 * where: status &lt; 500    # which rows count; without it all do
 * top: {top: 3}          # sizes of top lists, by the name of the aggregate
 * routing: {strategy: least-backlog}   # how the job's exchange works, if it has one
 * </pre>
 *
 * <p>The store checks documents by {@link #schema()} before it agrees on them; whether {@code
 * where} is a condition on the job's columns only the job can know.
 *
 * @param where a condition in the language of docs/expressions.md; null: every row counts
 * @param top how many values a top list has, by the name of its aggregate
 * @param routing how rows go to their receivers
 */
public record AnalyticsRules(
    @Nullable String where, Map<String, Integer> top, RoutingRules routing) {

  /** Every row counts, and lists are as long as the job's settings say. */
  public static final AnalyticsRules NONE = new AnalyticsRules(null, Map.of());

  private static final Set<String> KEYS = Set.of("where", "top", "routing");
  private static final String SCHEMA = "analytics-rules.schema.json";

  public AnalyticsRules {
    top = Map.copyOf(top);
  }

  /** Rules that say nothing of routing. */
  public AnalyticsRules(@Nullable String where, Map<String, Integer> top) {
    this(where, top, RoutingRules.NONE);
  }

  /** The JSON Schema (draft 2020-12) of a document. */
  public static String schema() {
    try (InputStream in = AnalyticsRules.class.getResourceAsStream(SCHEMA)) {
      return new String(Objects.requireNonNull(in, SCHEMA).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a document.
   *
   * @param document YAML or JSON
   * @throws InvalidConfigurationException if it does not satisfy the schema
   */
  public static AnalyticsRules read(String document) throws InvalidConfigurationException {
    Object root;
    try {
      root = new Load(LoadSettings.builder().build()).loadFromString(document);
    } catch (YamlEngineException e) {
      throw new InvalidConfigurationException("neither YAML nor JSON: " + e.getMessage(), e);
    }
    if (!(root instanceof Map<?, ?> rules)
        || !rules.keySet().stream().map(String::valueOf).allMatch(KEYS::contains)) {
      throw new InvalidConfigurationException("must be a mapping of where, top and routing");
    }
    return new AnalyticsRules(
        where(rules.get("where")), top(rules.get("top")), RoutingRules.read(rules.get("routing")));
  }

  private static @Nullable String where(@Nullable Object where)
      throws InvalidConfigurationException {
    if (where == null || where instanceof String) {
      return (String) where;
    }
    throw new InvalidConfigurationException("where: must be a condition, not " + where);
  }

  private static Map<String, Integer> top(@Nullable Object top)
      throws InvalidConfigurationException {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    if (top != null && !(top instanceof Map)) {
      throw new InvalidConfigurationException("top: must be a mapping of names to sizes");
    }
    for (Map.Entry<?, ?> entry :
        top == null ? Set.<Map.Entry<?, ?>>of() : ((Map<?, ?>) top).entrySet()) {
      if (!(entry.getValue() instanceof Integer size) || size < 1 || size > Aggregations.MAX_TOP) {
        throw new InvalidConfigurationException(
            "top: %s is %s; it is a whole number from 1 to %d"
                .formatted(entry.getKey(), entry.getValue(), Aggregations.MAX_TOP));
      }
      sizes.put(String.valueOf(entry.getKey()), size);
    }
    return sizes;
  }
}
