package io.weir.operators.source;

import java.io.Serializable;

/**
 * One thing to read.
 *
 * @param name unique within its source; stands in every record
 * @param work how much there is to read, in bytes or events; {@link #UNKNOWN} where that is endless
 */
public record Origin(String name, long work) implements Serializable {

  /** The work of an origin without an end. */
  public static final long UNKNOWN = -1;
}
