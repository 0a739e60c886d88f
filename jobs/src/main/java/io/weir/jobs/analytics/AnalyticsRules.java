package io.weir.jobs.analytics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What may change while an analytics job runs: its live configuration, as the store holds it.
 *
 * <pre>
 * where: status &lt; 500    # which rows count; without it all do
 * top: {top: 3}          # sizes of top lists, by the name of the aggregate
 * </pre>
 *
 * <p>The store checks documents by {@link #schema()} before it agrees on them; whether {@code
 * where} is a condition on the job's columns only the job can know.
 *
 * @param where a condition in the language of docs/expressions.md; null: every row counts
 * @param top how many values a top list has, by the name of its aggregate
 */
public record AnalyticsRules(@Nullable String where, Map<String, Integer> top) {

  private static final String SCHEMA = "analytics-rules.schema.json";

  public AnalyticsRules {
    top = Map.copyOf(top);
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
   * Reads a document that satisfies the schema.
   *
   * @param document YAML or JSON
   */
  public static AnalyticsRules read(String document) {
    Object root = new Load(LoadSettings.builder().build()).loadFromString(document);
    Map<?, ?> rules = root instanceof Map<?, ?> map ? map : Map.of();
    Map<String, Integer> top = new LinkedHashMap<>();
    if (rules.get("top") instanceof Map<?, ?> sizes) {
      sizes.forEach((name, size) -> top.put((String) name, (Integer) size));
    }
    return new AnalyticsRules((String) rules.get("where"), top);
  }
}
