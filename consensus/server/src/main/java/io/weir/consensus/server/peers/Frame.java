package io.weir.consensus.server.peers;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What goes over a connection: number, kind, type of a question, length, content.
 *
 * @param number pairs an answer with its question, within a connection; {@link #UNANSWERED} for a
 *     question that is only to be heard
 * @param type of a question; empty in an answer
 */
record Frame(long number, Kind kind, String type, byte[] content) {

  /** An answer to it, which an older release gives, finds nobody. */
  static final long UNANSWERED = 0;

  /** Behind number, kind and the length of the type. */
  static final int TYPE_OFFSET = Long.BYTES + 1 + Short.BYTES;

  enum Kind {
    QUESTION(0),
    ANSWER(1),
    FAILED(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    static Kind of(int code) throws IOException {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IOException("a frame of kind " + code);
    }
  }

  /** The largest message is one entry of the log or a piece of a snapshot. */
  private static final int MAX_BYTES = 1 << 20;

  static Frame read(DataInputStream in) throws IOException {
    long number = in.readLong();
    Kind kind = Kind.of(in.readUnsignedByte());
    String type = in.readUTF();
    int length = in.readInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a frame of " + length + " bytes; at most are " + MAX_BYTES);
    }
    byte[] content = new byte[length];
    in.readFully(content);
    return new Frame(number, kind, type, content);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeLong(number);
    out.writeByte(kind.code);
    out.writeUTF(type);
    out.writeInt(content.length);
    out.write(content);
  }
}
