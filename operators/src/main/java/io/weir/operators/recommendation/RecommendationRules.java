package io.weir.operators.recommendation;

import io.weir.operators.recommendation.rules.Learning;
import io.weir.operators.recommendation.rules.Scoring;
import java.util.Map;

/**
 * What may change while the job runs.
 *
 * @param actions the weight of each kind of action, from 1
 * @param scoring how items are scored
 * @param learning what is counted and kept
 */
public record RecommendationRules(
    Map<String, Integer> actions, Scoring scoring, Learning learning) {

  /** The largest weight; sums of so large ones stay exact over 9 billion events. */
  public static final int MAX_WEIGHT = 1_000_000;

  public RecommendationRules {
    actions = Map.copyOf(actions);
    actions.forEach(
        (kind, weight) -> {
          if (weight < 1 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException(
                "the weight of %s is %d; it is from 1 to %d".formatted(kind, weight, MAX_WEIGHT));
          }
        });
  }
}
