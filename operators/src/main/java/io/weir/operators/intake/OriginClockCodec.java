package io.weir.operators.intake;

import io.weir.operators.intake.OriginClock.Held;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.types.StringValue;

/** Turns clocks into bytes and back, for the state of the split that they belong to. */
public final class OriginClockCodec {

  private static final int VERSION = 3;

  private OriginClockCodec() {}

  /** The clock with everything it holds back. */
  public static byte[] write(OriginClock clock) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(VERSION);
    StringValue.writeString(clock.origin(), out);
    out.writeLong(clock.time());
    out.writeLong(clock.onTime());
    out.writeInt(clock.held().size());
    for (Held held : clock.held()) {
      write(held, out);
    }
    return bytes.toByteArray();
  }

  private static void write(Held held, DataOutputStream out) throws IOException {
    out.writeLong(held.time());
    out.writeLong(held.onTimeBefore());
    out.writeInt(held.index());
    RawRecord record = held.record();
    out.writeBoolean(record != null);
    if (record != null) {
      out.writeLong(record.position());
      out.writeInt(record.bytes().length);
      out.write(record.bytes());
    }
  }

  /** The clock as it was written. */
  public static OriginClock read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("a clock of format " + version + "; this build reads " + VERSION);
    }
    String origin = StringValue.readString(in);
    long time = in.readLong();
    long onTime = in.readLong();
    List<Held> held = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      held.add(readHeld(origin, in));
    }
    return new OriginClock(origin, time, onTime, held);
  }

  private static Held readHeld(String origin, DataInputStream in) throws IOException {
    long time = in.readLong();
    long onTimeBefore = in.readLong();
    int index = in.readInt();
    RawRecord record = in.readBoolean() ? readRecord(origin, in) : null;
    return new Held(time, onTimeBefore, 0, record, index);
  }

  private static RawRecord readRecord(String origin, DataInputStream in) throws IOException {
    long position = in.readLong();
    byte[] bytes = in.readNBytes(in.readInt());
    return RawRecord.data(origin, position, bytes);
  }
}
