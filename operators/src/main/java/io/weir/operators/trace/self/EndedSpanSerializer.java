package io.weir.operators.trace.self;

import io.weir.operators.row.FormatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a span's fields one behind the other. */
final class EndedSpanSerializer extends TypeSerializerSingleton<EndedSpan> {

  static final EndedSpanSerializer INSTANCE = new EndedSpanSerializer();

  private static final long serialVersionUID = 1;

  @Override
  public void serialize(EndedSpan span, DataOutputView out) throws IOException {
    out.writeLong(span.id());
    out.writeLong(span.parent());
    StringSerializer.INSTANCE.serialize(span.service(), out);
    out.writeLong(span.endMillis());
    out.writeLong(span.durationMicros());
    out.writeBoolean(span.measured());
  }

  @Override
  public EndedSpan deserialize(DataInputView in) throws IOException {
    return new EndedSpan(
        in.readLong(),
        in.readLong(),
        StringSerializer.INSTANCE.deserialize(in),
        in.readLong(),
        in.readLong(),
        in.readBoolean());
  }

  @Override
  public EndedSpan deserialize(EndedSpan reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public EndedSpan createInstance() {
    return new EndedSpan(0, 0, "", 0, 0, false);
  }

  @Override
  public EndedSpan copy(EndedSpan from) {
    return from;
  }

  @Override
  public EndedSpan copy(EndedSpan from, EndedSpan reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public TypeSerializerSnapshot<EndedSpan> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Remembers that there is one format. */
  public static final class Snapshot extends FormatSnapshot<EndedSpan> {
    /** For Flink. */
    public Snapshot() {
      super(INSTANCE);
    }
  }
}
