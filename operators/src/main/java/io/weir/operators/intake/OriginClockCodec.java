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
import org.jspecify.annotations.Nullable;

/** Turns clocks into bytes and back, for the state of the split that they belong to. */
public final class OriginClockCodec {

  private static final int VERSION = 4;

  // It repeats the record for each of its values.
  private static final int OLDEST = 3;

  // What of a value's record is written.
  private static final int NOTHING = 0;
  private static final int WHOLE = 1;
  private static final int SAME_AS_BEFORE = 2;

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
    RawRecord before = null;
    for (Held held : clock.held()) {
      out.writeLong(held.time());
      out.writeLong(held.onTimeBefore());
      out.writeInt(held.index());
      write(held.record(), before, out);
      before = held.record() == null ? before : held.record();
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("ReferenceEquality") // the same record, not an equal one
  private static void write(
      @Nullable RawRecord record, @Nullable RawRecord before, DataOutputStream out)
      throws IOException {
    if (record == null || record == before) {
      out.writeByte(record == null ? NOTHING : SAME_AS_BEFORE);
      return;
    }
    out.writeByte(WHOLE);
    out.writeLong(record.position());
    out.writeInt(record.bytes().length);
    out.write(record.bytes());
  }

  /** The clock as it was written. */
  public static OriginClock read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int version = in.readByte();
    if (version < OLDEST || version > VERSION) {
      throw new IOException(
          "a clock of format %d; this build reads %d to %d".formatted(version, OLDEST, VERSION));
    }
    String origin = StringValue.readString(in);
    long time = in.readLong();
    long onTime = in.readLong();
    List<Held> held = new ArrayList<>();
    RawRecord before = null;
    for (int left = in.readInt(); left > 0; left--) {
      Held value = readHeld(origin, before, in);
      held.add(value);
      before = value.record() == null ? before : value.record();
    }
    return new OriginClock(origin, time, onTime, held);
  }

  private static Held readHeld(String origin, @Nullable RawRecord before, DataInputStream in)
      throws IOException {
    long time = in.readLong();
    long onTimeBefore = in.readLong();
    int index = in.readInt();
    int written = in.readByte();
    RawRecord same = written == SAME_AS_BEFORE ? before : null;
    return new Held(time, onTimeBefore, 0, written == WHOLE ? readRecord(origin, in) : same, index);
  }

  private static RawRecord readRecord(String origin, DataInputStream in) throws IOException {
    long position = in.readLong();
    byte[] bytes = in.readNBytes(in.readInt());
    return RawRecord.data(origin, position, bytes);
  }
}
