package io.weir.operators.epoch.verify;

/**
 * Two stamps that no job can have made whose operators all switch at the same barriers.
 *
 * @param rule that they break
 * @param first the one that was read first, or is of the earlier epoch
 */
public record Violation(Rule rule, Sighting first, Sighting second) {}
