package io.weir.operators.recommendation.ranking;

/**
 * Why an item is recommended.
 *
 * @param item of the user's that speaks most for it; -1 for popularity
 */
public record Because(Reason reason, long item) {}
