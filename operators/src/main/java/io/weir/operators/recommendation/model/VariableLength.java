package io.weir.operators.recommendation.model;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Whole numbers in 1 to 10 bytes, the nearer to 0 the fewer: seven bits a byte, the lowest first,
 * the sign in the lowest of all (the sint64 of Protocol Buffers).
 */
final class VariableLength {

  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  private VariableLength() {}

  static void write(long number, DataOutputView out) throws IOException {
    long left = (number << 1) ^ (number >> (Long.SIZE - 1));
    while (left >>> BITS != 0) {
      out.writeByte((int) left | MORE);
      left >>>= BITS;
    }
    out.writeByte((int) left);
  }

  static long read(DataInputView in) throws IOException {
    long folded = 0;
    for (int shift = 0; shift < Long.SIZE; shift += BITS) {
      byte next = in.readByte();
      folded |= (long) (next & (MORE - 1)) << shift;
      if (next >= 0) {
        return (folded >>> 1) ^ -(folded & 1);
      }
    }
    throw new IOException("a number of more than 10 bytes");
  }
}
