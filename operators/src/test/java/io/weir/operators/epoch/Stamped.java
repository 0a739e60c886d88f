package io.weir.operators.epoch;

/**
 * A number, and what operators made of it.
 *
 * @param id which number
 * @param first the version that the first operator was under
 * @param second the version that the second operator was under
 * @param value the number times the second operator's factor
 */
public record Stamped(long id, long first, long second, long value)
    implements java.io.Serializable {

  public boolean isMixed() {
    return second != NONE && first != second;
  }

  public static final long NONE = -1;
}
