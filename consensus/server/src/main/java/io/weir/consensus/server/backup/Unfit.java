package io.weir.consensus.server.backup;

/** A line of a backup that does not fit those before it. */
final class Unfit extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Unfit(String why) {
    super(why);
  }
}
