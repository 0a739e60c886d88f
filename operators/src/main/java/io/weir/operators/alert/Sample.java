package io.weir.operators.alert;

import io.weir.operators.alert.rule.Metric;

/**
 * A window of a series that has calls.
 *
 * @param endMillis where the window ends, exclusive
 * @param values by {@link Metric#place()}; NaN where one is missing
 * @param sinceVersion the lowest version under which one of its records came
 */
public record Sample(Series series, long endMillis, double[] values, long sinceVersion) {}
