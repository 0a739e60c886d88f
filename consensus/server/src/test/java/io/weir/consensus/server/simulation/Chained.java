package io.weir.consensus.server.simulation;

import io.weir.consensus.server.paxos.Past;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The states of simulated registers: the ids of all requests that changed it, in their order. So a
 * state is its own history; the number of ids is its version, and the last id its value.
 */
final class Chained {

  private Chained() {}

  static int version(byte[] state) {
    return state.length / Integer.BYTES;
  }

  /** The version that a request made; 0 for none. */
  static int versionOf(byte[] state, int request) {
    ByteBuffer ids = ByteBuffer.wrap(state);
    for (int version = 1; ids.hasRemaining(); version++) {
      if (ids.getInt() == request) {
        return version;
      }
    }
    return 0;
  }

  static String value(byte[] state) {
    return state.length == 0
        ? ""
        : "d" + ByteBuffer.wrap(state).getInt(state.length - Integer.BYTES);
  }

  static byte[] with(byte[] state, int request) {
    return ByteBuffer.allocate(state.length + Integer.BYTES).put(state).putInt(request).array();
  }

  static boolean isPrefix(byte[] state, byte[] of) {
    return state.length <= of.length && Arrays.equals(state, 0, state.length, of, 0, state.length);
  }

  static @Nullable Past past(String key, byte[] state) {
    return state.length == 0 ? null : new Past(version(state), hash(state), state, null);
  }

  static String previousHash(Past past) {
    return hash(Arrays.copyOf(past.about(), past.about().length - Integer.BYTES));
  }

  private static String hash(byte[] state) {
    return Integer.toHexString(Arrays.hashCode(state));
  }
}
