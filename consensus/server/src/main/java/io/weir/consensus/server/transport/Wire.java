package io.weir.consensus.server.transport;

import io.weir.consensus.server.paxos.Ballot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The parts of messages, big-endian; the first byte of all is the format. */
final class Wire {

  static final int FORMAT = 1;
  private static final int ABSENT = -1;

  private Wire() {}

  /** Writes something. */
  interface Writing {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** Reads something. */
  interface Reading<T> {
    T readFrom(DataInputStream in) throws IOException;
  }

  static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeByte(FORMAT);
      writing.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  static <T> T parsed(String what, byte[] bytes, Reading<T> reading) {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      int format = in.readUnsignedByte();
      if (format != FORMAT) {
        throw new IOException("format " + format + "; this release knows " + FORMAT);
      }
      return reading.readFrom(in);
    } catch (IOException e) {
      throw new IllegalArgumentException("the bytes are not " + what, e);
    }
  }

  static void write(DataOutputStream out, Ballot ballot) throws IOException {
    out.writeLong(ballot.counter());
    out.writeInt(ballot.incarnation());
    out.writeUTF(ballot.node());
  }

  static Ballot readBallot(DataInputStream in) throws IOException {
    return new Ballot(in.readLong(), in.readInt(), in.readUTF());
  }

  static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
    out.writeInt(bytes == null ? ABSENT : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
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

  static byte[] readPresent(DataInputStream in) throws IOException {
    byte[] bytes = readBytes(in);
    if (bytes == null) {
      throw new IOException("bytes are missing");
    }
    return bytes;
  }
}
