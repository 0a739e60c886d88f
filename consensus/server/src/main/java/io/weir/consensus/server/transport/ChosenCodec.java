package io.weir.consensus.server.transport;

import io.weir.consensus.server.paxos.Ballot;

/** The word that a state was chosen, as bytes. */
public final class ChosenCodec {

  /** In a register, something was chosen in a ballot. */
  public record Chosen(String key, Ballot ballot) {}

  private ChosenCodec() {}

  public static byte[] encode(Chosen chosen) {
    return Wire.bytes(
        out -> {
          out.writeUTF(chosen.key());
          Wire.write(out, chosen.ballot());
        });
  }

  /** Reads it, or throws an {@link IllegalArgumentException} at anything else. */
  public static Chosen decode(byte[] bytes) {
    return Wire.parsed("a choice", bytes, in -> new Chosen(in.readUTF(), Wire.readBallot(in)));
  }
}
