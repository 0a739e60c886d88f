package io.weir.operators.routing.select;

/** What waits to be sent over each channel. */
@FunctionalInterface
public interface Backlog {

  /** Buffers that are queued for a channel; the one that is being filled counts. */
  int queued(int channel);
}
