package io.weir.operators.source.ordered;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the fields of a key, one after the other, so that the bytes compare as the fields do: by
 * the first field, then the second. A null comes behind every value of its field.
 */
public final class KeyBytes {

  private static final int VALUE = 0;
  private static final int NULL = 1;
  private static final int END = 0;
  private static final int ESCAPED_ZERO = 0xff;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public KeyBytes addNull() {
    out.write(NULL);
    return this;
  }

  public KeyBytes addLong(long value) {
    out.write(VALUE);
    writeBits(value ^ Long.MIN_VALUE);
    return this;
  }

  /** Adds a number; -0 comes before 0, and NaN behind everything. */
  public KeyBytes addDouble(double value) {
    long bits = Double.doubleToLongBits(value);
    out.write(VALUE);
    writeBits(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
    return this;
  }

  private void writeBits(long bits) {
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      out.write((int) (bits >>> shift));
    }
  }

  /** Adds a text; texts come in the order of their code points. */
  public KeyBytes addText(String value) {
    out.write(VALUE);
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      out.write(b);
      if (b == END) {
        out.write(ESCAPED_ZERO);
      }
    }
    out.write(END);
    out.write(END);
    return this;
  }

  /** The key so far; the next one starts empty. */
  public byte[] take() {
    byte[] key = out.toByteArray();
    out.reset();
    return key;
  }
}
