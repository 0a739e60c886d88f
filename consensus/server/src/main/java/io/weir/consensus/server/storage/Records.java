package io.weir.consensus.server.storage;

import io.weir.consensus.server.paxos.Ballot;
import io.weir.consensus.server.paxos.Past;
import io.weir.consensus.server.paxos.Slot;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What stands in frames: promises, accepted states, and, from a compaction, states of the past. */
final class Records {

  private static final int PROMISED = 1;
  private static final int ACCEPTED = 2;
  private static final int PAST = 3;
  private static final int ABSENT = -1;

  private Records() {}

  /** A promise alone takes no state: that is on disk already. */
  static void write(DataOutputStream out, String key, Slot slot, boolean withState)
      throws IOException {
    out.writeByte(withState ? ACCEPTED : PROMISED);
    out.writeUTF(key);
    write(out, slot.promised());
    if (withState) {
      write(out, slot.accepted());
      write(out, slot.state());
    }
  }

  static void write(DataOutputStream out, String key, Past past) throws IOException {
    out.writeByte(PAST);
    out.writeUTF(key);
    out.writeLong(past.number());
    out.writeUTF(past.hash());
    write(out, past.about());
    write(out, past.content());
  }

  private static void write(DataOutputStream out, Ballot ballot) throws IOException {
    out.writeLong(ballot.counter());
    out.writeInt(ballot.incarnation());
    out.writeUTF(ballot.node());
  }

  private static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
    out.writeInt(bytes == null ? ABSENT : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  /** Takes what records say. */
  interface Target {
    void promised(String key, Ballot promised);

    void accepted(String key, Slot slot);

    void past(String key, Past past);
  }

  static void read(DataInputStream in, Target target) throws IOException {
    while (in.available() > 0) {
      int kind = in.readUnsignedByte();
      String key = in.readUTF();
      switch (kind) {
        case PROMISED -> target.promised(key, readBallot(in));
        case ACCEPTED ->
            target.accepted(key, new Slot(readBallot(in), readBallot(in), readPresent(in)));
        case PAST ->
            target.past(key, new Past(in.readLong(), in.readUTF(), readPresent(in), readBytes(in)));
        default -> throw new IOException("a record of kind " + kind);
      }
    }
  }

  private static Ballot readBallot(DataInputStream in) throws IOException {
    return new Ballot(in.readLong(), in.readInt(), in.readUTF());
  }

  private static byte[] readPresent(DataInputStream in) throws IOException {
    byte[] bytes = readBytes(in);
    if (bytes == null) {
      throw new IOException("a state is missing");
    }
    return bytes;
  }

  private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length == ABSENT) {
      return null;
    }
    if (length < 0 || length > in.available()) {
      throw new IOException("a length of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
