package io.weir.operators.recommendation.message;

/** An item of the model: the sum of users' weights for it, and its events. */
public record ItemCount(long item, double count, long events) {}
