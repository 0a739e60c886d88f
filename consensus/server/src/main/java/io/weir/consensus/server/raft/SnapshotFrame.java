package io.weir.consensus.server.raft;

import io.weir.consensus.log.StateMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.CRC32C;

/**
 * A state machine's snapshot as bytes: magic, format version, length and CRC-32C of what follows,
 * then the position in the log, then the state.
 */
final class SnapshotFrame {

  private static final int MAGIC = 0x57534e50;
  private static final int FORMAT = 1;
  private static final int HEAD_BYTES = 16;
  private static final int STATE_OFFSET = HEAD_BYTES + 24;

  /**
   * Where a snapshot stands.
   *
   * @param logIndex the last entry of the log that is in it
   * @param commandIndex the commands applied so far
   * @param timeMillis the log's time then
   */
  record Position(long logIndex, long commandIndex, long timeMillis) {}

  private final Position position;
  private final byte[] frame;

  private SnapshotFrame(Position position, byte[] frame) {
    this.position = position;
    this.frame = frame;
  }

  static byte[] write(Position position, StateMachine machine) throws IOException {
    Chunks state = new Chunks();
    machine.snapshot(state);
    byte[] frame = new byte[Math.addExact(STATE_OFFSET, state.length())];
    ByteBuffer bytes = ByteBuffer.wrap(frame).position(HEAD_BYTES);
    bytes.putLong(position.logIndex());
    bytes.putLong(position.commandIndex());
    bytes.putLong(position.timeMillis());
    state.moveTo(bytes);
    bytes
        .rewind()
        .putInt(MAGIC)
        .putInt(FORMAT)
        .putInt(frame.length - HEAD_BYTES)
        .putInt(checksum(frame));
    return frame;
  }

  /** Bytes of which the number is not known before; an array that grows would take more memory. */
  private static final class Chunks extends OutputStream {

    private static final int CHUNK_BYTES = 1 << 20;

    private final Deque<ByteBuffer> full = new ArrayDeque<>();
    private ByteBuffer last = ByteBuffer.allocate(CHUNK_BYTES);

    int length() {
      return Math.addExact(Math.multiplyExact(full.size(), CHUNK_BYTES), last.position());
    }

    @Override
    public void write(int value) {
      makeRoom();
      last.put((byte) value);
    }

    @Override
    public void write(byte[] values, int offset, int length) {
      for (int done = 0; done < length; ) {
        makeRoom();
        int part = Math.min(last.remaining(), length - done);
        last.put(values, offset + done, part);
        done += part;
      }
    }

    private void makeRoom() {
      if (!last.hasRemaining()) {
        full.add(last);
        last = ByteBuffer.allocate(CHUNK_BYTES);
      }
    }

    /** Lets go of each part as soon as it is copied. */
    void moveTo(ByteBuffer target) {
      while (!full.isEmpty()) {
        target.put(full.remove().flip());
      }
      target.put(last.flip());
    }
  }

  static int checkedLength(int length) throws IOException {
    if (length < STATE_OFFSET) {
      throw new IOException("snapshot of " + length + " bytes");
    }
    return length;
  }

  static SnapshotFrame read(byte[] frame) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(frame);
    require("magic", in.getInt(), MAGIC);
    require("format version", in.getInt(), FORMAT);
    require("length", in.getInt(), frame.length - HEAD_BYTES);
    require("checksum", in.getInt(), checksum(frame));
    return new SnapshotFrame(new Position(in.getLong(), in.getLong(), in.getLong()), frame);
  }

  Position position() {
    return position;
  }

  void restore(StateMachine machine) throws IOException {
    machine.restore(new Unlocked(ByteBuffer.wrap(frame).position(STATE_OFFSET)));
  }

  /** What Java has for this takes a lock for each byte, of which a start reads 30 million. */
  private static final class Unlocked extends InputStream {

    private final ByteBuffer bytes;

    Unlocked(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (length > 0 && !bytes.hasRemaining()) {
        return -1;
      }
      int part = Math.min(bytes.remaining(), length);
      bytes.get(target, offset, part);
      return part;
    }
  }

  private static void require(String field, int found, int expected) throws IOException {
    if (found != expected) {
      throw new IOException(
          "snapshot's " + field + " is " + found + " where " + expected + " is expected");
    }
  }

  private static int checksum(byte[] frame) {
    CRC32C crc = new CRC32C();
    crc.update(frame, HEAD_BYTES, frame.length - HEAD_BYTES);
    return (int) crc.getValue();
  }
}
