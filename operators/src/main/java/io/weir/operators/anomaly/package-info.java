/**
 * Scores for values that do not fit what their series has shown so far. An {@link
 * io.weir.operators.anomaly.AnomalyDetector} watches one series, knows only its past and has a
 * constant size; {@link io.weir.operators.anomaly.AnomalyFunction} keeps one for each key of a
 * stream. There is nothing to set: all series share the same constants.
 *
 * <p>The detector joins published methods. Six measures say how unusual a row is: deviations from
 * three exponentially weighted moving averages, two differences between these, and the distance to
 * the nearest earlier stretches of the series. What a measure says in its own unit, a {@link
 * io.weir.operators.anomaly.TailHistogram} turns into the chance of seeing as much by accident; the
 * chances are joined as Fisher does, and the first row of a run of unusual ones stands out.
 */
@NullMarked
package io.weir.operators.anomaly;

import org.jspecify.annotations.NullMarked;
