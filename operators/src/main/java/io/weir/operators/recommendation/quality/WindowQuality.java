package io.weir.operators.recommendation.quality;

import io.weir.operators.recommendation.message.Outcome;

/**
 * What is known of the actions of a window of event time.
 *
 * @param events how many there were
 * @param covered how many different items their lists had
 * @param version of the configuration under which the last one came
 * @param latencies how many outcomes were late by what, see {@link Latencies}
 */
public record WindowQuality(
    long startMillis,
    long events,
    long evaluated,
    long hits,
    double gains,
    long covered,
    long version,
    long[] latencies) {

  static WindowQuality empty(long startMillis) {
    return new WindowQuality(startMillis, 0, 0, 0, 0, 0, 0, Latencies.none());
  }

  Quality quality() {
    return new Quality(evaluated, hits, gains);
  }

  /** One more outcome. */
  WindowQuality with(Outcome outcome, long moreCovered, long latencyMillis) {
    Quality quality = outcome.isJudged() ? quality().with(outcome.rank()) : quality();
    Latencies.add(latencies, latencyMillis);
    return new WindowQuality(
        startMillis,
        events + 1,
        quality.evaluated(),
        quality.hits(),
        quality.gains(),
        covered + moreCovered,
        outcome.version(),
        latencies);
  }
}
