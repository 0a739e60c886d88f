package io.weir.operators.routing.select;

/** Chooses channels, one record after the other. For one thread. */
@FunctionalInterface
public interface Selector {

  /** The channel of the next record, from 0. */
  int next();
}
