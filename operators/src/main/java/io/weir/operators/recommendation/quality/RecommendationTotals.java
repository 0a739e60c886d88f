package io.weir.operators.recommendation.quality;

import java.util.Map;

/**
 * What a recommendation job that has ended did, from its accumulators.
 *
 * @param pairs how many counts of pairs grew
 * @param covered how many different items were in lists
 * @param subtasks the most that the model ran on
 */
public record RecommendationTotals(
    long events, long pairs, Quality quality, long covered, long subtasks) {

  static final String EVENTS = "recommendation.events";
  static final String PAIRS = "recommendation.pairs";
  static final String EVALUATED = "recommendation.evaluated";
  static final String HITS = "recommendation.hits";
  static final String GAINS = "recommendation.gains";
  static final String SUBTASKS = "recommendation.subtasks";
  static final String COVERED = "recommendation.covered";

  /** Reads the accumulators of a job's result. */
  public static RecommendationTotals of(Map<String, Object> accumulators) {
    return new RecommendationTotals(
        (Long) accumulators.getOrDefault(EVENTS, 0L),
        (Long) accumulators.getOrDefault(PAIRS, 0L),
        new Quality(
            (Long) accumulators.getOrDefault(EVALUATED, 0L),
            (Long) accumulators.getOrDefault(HITS, 0L),
            (Double) accumulators.getOrDefault(GAINS, 0.0)),
        (Long) accumulators.getOrDefault(COVERED, 0L),
        (Long) accumulators.getOrDefault(SUBTASKS, 0L));
  }
}
