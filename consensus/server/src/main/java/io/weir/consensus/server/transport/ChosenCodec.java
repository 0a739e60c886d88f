package io.weir.consensus.server.transport;

import io.weir.consensus.server.paxos.Ballot;
import java.util.HashMap;
import java.util.Map;

/**
 * The word that states were chosen, in which registers and ballots, as bytes. An older release
 * reads the first of them, and finds the others by itself.
 */
public final class ChosenCodec {

  private ChosenCodec() {}

  public static byte[] encode(Map<String, Ballot> chosen) {
    return Wire.bytes(
        out -> {
          for (Map.Entry<String, Ballot> each : chosen.entrySet()) {
            out.writeUTF(each.getKey());
            Wire.write(out, each.getValue());
          }
        });
  }

  /** Reads it, or throws an {@link IllegalArgumentException} at anything else. */
  public static Map<String, Ballot> decode(byte[] bytes) {
    return Wire.parsed(
        "a choice",
        bytes,
        in -> {
          Map<String, Ballot> chosen = new HashMap<>();
          while (in.available() > 0) {
            chosen.put(in.readUTF(), Wire.readBallot(in));
          }
          return chosen;
        });
  }
}
