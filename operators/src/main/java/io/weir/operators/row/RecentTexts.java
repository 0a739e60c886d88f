package io.weir.operators.row;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts, and hands out the same object again for one that came not long ago: most columns of
 * text have few values. Bounded; used by one thread.
 */
final class RecentTexts {

  private static final int SLOTS = 1024;
  private static final int LONGEST = 128;

  private final byte[] buffer = new byte[LONGEST];
  private final byte[][] bytes = new byte[SLOTS][];
  private final @Nullable String[] texts = new String[SLOTS];

  /** Reads a text of so many bytes of UTF-8. */
  String read(DataInputView in, int length) throws IOException {
    if (length > LONGEST) {
      byte[] text = new byte[length];
      in.readFully(text);
      return new String(text, StandardCharsets.UTF_8);
    }
    in.readFully(buffer, 0, length);
    int slot = slot(length);
    String known = texts[slot];
    return known != null && Arrays.equals(buffer, 0, length, bytes[slot], 0, bytes[slot].length)
        ? known
        : remember(slot, length);
  }

  private int slot(int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + buffer[i];
    }
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }

  private String remember(int slot, int length) {
    String text = new String(buffer, 0, length, StandardCharsets.UTF_8);
    bytes[slot] = Arrays.copyOf(buffer, length);
    texts[slot] = text;
    return text;
  }
}
