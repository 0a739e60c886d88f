package io.weir.consensus.server.peers;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The first words on a connection. The one who connects says which cluster it belongs to; the other
 * says yes, or why not.
 */
final class Greeting {

  private static final int MAGIC = 0x57454952;
  private static final int FORMAT = 1;
  private static final String WELCOME = "";

  private Greeting() {}

  static void introduce(DataInputStream in, DataOutputStream out, String cluster)
      throws IOException {
    out.writeInt(MAGIC);
    out.writeShort(FORMAT);
    out.writeUTF(cluster);
    out.flush();
    String refusal = in.readUTF();
    if (!refusal.equals(WELCOME)) {
      throw new IOException(refusal);
    }
  }

  /** Refuses in words, for the other side's log, before it throws. */
  static void receive(DataInputStream in, DataOutputStream out, String cluster) throws IOException {
    if (in.readInt() != MAGIC || in.readUnsignedShort() != FORMAT) {
      throw new IOException("no greeting of a node");
    }
    String other = in.readUTF();
    if (!other.equals(cluster)) {
      String refusal = "this node is of cluster '" + cluster + "', not of '" + other + "'";
      out.writeUTF(refusal);
      out.flush();
      throw new IOException(refusal);
    }
    out.writeUTF(WELCOME);
    out.flush();
  }
}
