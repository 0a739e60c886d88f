package io.weir.operators.recommendation.shard;

/** Two ways in which items go together. */
public enum Kind {
  /** Everything that a user did: the smaller of the two weights. */
  SIMILARITY,
  /** Near in a user's sequence: 1 over the number of steps between them. */
  SEQUENCE
}
