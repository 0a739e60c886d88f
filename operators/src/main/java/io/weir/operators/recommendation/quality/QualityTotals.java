package io.weir.operators.recommendation.quality;

import io.weir.operators.recommendation.message.Outcome;

/**
 * What is known of all actions of a job.
 *
 * @param covered how many different items were in lists
 * @param subtasks the most that the model ran on
 */
public record QualityTotals(
    long events, long pairs, long evaluated, long hits, double gains, long covered, long subtasks) {

  static final QualityTotals NONE = new QualityTotals(0, 0, 0, 0, 0, 0, 0);

  Quality quality() {
    return new Quality(evaluated, hits, gains);
  }

  QualityTotals with(Outcome outcome, long moreCovered) {
    Quality quality = outcome.isJudged() ? quality().with(outcome.rank()) : quality();
    return new QualityTotals(
        events + 1,
        pairs + outcome.pairs(),
        quality.evaluated(),
        quality.hits(),
        quality.gains(),
        covered + moreCovered,
        Math.max(subtasks, outcome.subtasks()));
  }
}
