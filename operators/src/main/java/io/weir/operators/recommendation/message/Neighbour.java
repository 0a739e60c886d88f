package io.weir.operators.recommendation.message;

/**
 * One item's neighbour.
 *
 * @param rank from 1
 * @param version of the configuration
 */
public record Neighbour(
    long item,
    int rank,
    long other,
    double pairCount,
    double itemCount,
    double otherCount,
    double similarity,
    long version) {}
