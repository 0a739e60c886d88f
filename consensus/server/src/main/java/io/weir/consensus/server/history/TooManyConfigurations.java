package io.weir.consensus.server.history;

/** There are more ways in which things may stand than are looked at: no verdict. */
public final class TooManyConfigurations extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooManyConfigurations(int max, Operation<?, ?> at) {
    super("more than " + max + " ways to explain what happened up to " + at);
  }
}
