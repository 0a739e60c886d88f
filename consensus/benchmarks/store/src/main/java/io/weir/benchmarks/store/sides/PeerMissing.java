package io.weir.benchmarks.store.sides;

/** A side cannot be had on this machine; the message says what would help. */
public final class PeerMissing extends Exception {

  private static final long serialVersionUID = 1L;

  PeerMissing(String message) {
    super(message);
  }
}
