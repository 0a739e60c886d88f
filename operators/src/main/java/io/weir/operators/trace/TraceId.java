package io.weir.operators.trace;

/**
 * What spans of one trace have in common: 128 bits.
 *
 * @param high the first 64
 */
public record TraceId(long high, long low) {

  @Override
  public int hashCode() {
    return Long.hashCode(31 * high + low);
  }
}
