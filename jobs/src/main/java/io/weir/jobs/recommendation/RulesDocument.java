package io.weir.jobs.recommendation;

import io.weir.jobs.settings.Durations;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.recommendation.RecommendationRules;
import io.weir.operators.recommendation.rules.Ageing;
import io.weir.operators.recommendation.rules.Learning;
import io.weir.operators.recommendation.rules.Scoring;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What may change while a recommendation job runs: its live configuration, as the store holds it.
 * Every key may be left out.
 *
 * <pre>
 * actions: {view: 1, click: 2, buy: 5}
 * scoring: {recent: 20, similarity: 0.1, sequence: 1, popularity: 2}
 * learning: {half-life: 30d, neighbours: 500, sweep: 10000}
 * </pre>
 */
final class RulesDocument {

  private static final String SCHEMA = "recommendation-rules.schema.json";
  private static final int MANY = Integer.MAX_VALUE;

  private RulesDocument() {}

  /** The JSON Schema (draft 2020-12) of a document. */
  static String schema() {
    try (InputStream in = RulesDocument.class.getResourceAsStream(SCHEMA)) {
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
  static RecommendationRules read(String document) throws InvalidConfigurationException {
    Object root;
    try {
      root = new Load(LoadSettings.builder().build()).loadFromString(document);
    } catch (YamlEngineException e) {
      throw new InvalidConfigurationException("neither YAML nor JSON: " + e.getMessage(), e);
    }
    RulesSection rules = new RulesSection("", root);
    RecommendationRules read =
        new RecommendationRules(
            actions(rules.section("actions")),
            scoring(rules.section("scoring")),
            learning(rules.section("learning")));
    rules.done();
    return read;
  }

  private static Map<String, Integer> actions(RulesSection actions)
      throws InvalidConfigurationException {
    Map<String, Integer> weights = new LinkedHashMap<>();
    for (String kind : actions.keys()) {
      weights.put(kind, actions.integer(kind, 1, 1, RecommendationRules.MAX_WEIGHT));
    }
    return weights;
  }

  private static Scoring scoring(RulesSection scoring) throws InvalidConfigurationException {
    Scoring usual = Scoring.DEFAULT;
    Scoring read =
        new Scoring(
            scoring.integer("recent", usual.recent(), 1, Scoring.MAX_RECENT),
            scoring.number("recency", usual.recency(), 0, 10),
            scoring.flag("by-weight", usual.byWeight()),
            scoring.number("similarity", usual.similarity(), 0, 1e6),
            scoring.number("sequence", usual.sequence(), 0, 1e6),
            scoring.number("popularity", usual.popularity(), 0, 1e6),
            scoring.number("similarity-exponent", usual.similarityExponent(), 0, 1),
            scoring.number("sequence-exponent", usual.sequenceExponent(), 0, 1),
            scoring.integer("popularity-window", usual.popularityWindow(), 1, MANY));
    scoring.done();
    return read;
  }

  private static Learning learning(RulesSection learning) throws InvalidConfigurationException {
    Learning usual = Learning.DEFAULT;
    Learning read =
        new Learning(
            ageing(learning.text("half-life")),
            learning.integer(
                "sequence-steps", usual.sequenceSteps(), 0, Learning.MAX_SEQUENCE_STEPS),
            learning.number("backward", usual.backward(), 0, 1),
            learning.integer("pairs", usual.pairs(), 0, MANY),
            learning.integer("history", usual.history(), 0, MANY),
            learning.integer("neighbours", usual.neighbours(), 0, MANY),
            learning.number("doubt", usual.doubt(), 0, 0.999),
            learning.integer("sweep", usual.sweep(), 0, MANY));
    learning.done();
    return read;
  }

  private static Ageing ageing(@Nullable String halfLife) throws InvalidConfigurationException {
    if (halfLife == null) {
      return Ageing.NONE;
    }
    Duration read =
        Durations.parse(halfLife)
            .orElseThrow(
                () ->
                    new InvalidConfigurationException(
                        "learning.half-life: must be " + Durations.SYNTAX + ", not " + halfLife));
    return new Ageing(read.toMillis());
  }
}
