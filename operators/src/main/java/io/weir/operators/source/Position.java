package io.weir.operators.source;

/**
 * Where to go on reading in an origin.
 *
 * @param offset where reading starts: a byte's offset, or whatever the origin makes of it
 * @param skip how many records behind the offset were delivered already
 * @param number the number of the last record or line that was read, 0 at the start
 */
public record Position(long offset, long skip, long number) {

  /** Before the first record. */
  public static final Position START = new Position(0, 0, 0);
}
