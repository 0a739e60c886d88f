package io.weir.operators.routing.split;

/**
 * What a configuration says about the keys of an aggregate.
 *
 * @param split whether a key may go to one of two receivers; otherwise it has one
 */
public record KeySplit(boolean split) {}
