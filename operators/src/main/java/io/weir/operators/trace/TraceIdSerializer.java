package io.weir.operators.trace;

import io.weir.operators.row.FormatSnapshot;
import io.weir.operators.row.SerializedTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes an id as its two halves, 8 bytes each. */
public final class TraceIdSerializer extends TypeSerializerSingleton<TraceId> {

  static final TraceIdSerializer INSTANCE = new TraceIdSerializer();

  public static final TypeInformation<TraceId> TYPE =
      new SerializedTypeInfo<>(TraceId.class, INSTANCE, true);

  private static final long serialVersionUID = 1;

  @Override
  public void serialize(TraceId id, DataOutputView out) throws IOException {
    out.writeLong(id.high());
    out.writeLong(id.low());
  }

  @Override
  public TraceId deserialize(DataInputView in) throws IOException {
    return new TraceId(in.readLong(), in.readLong());
  }

  @Override
  public TraceId deserialize(TraceId reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    out.write(in, getLength());
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TraceId createInstance() {
    return new TraceId(0, 0);
  }

  @Override
  public TraceId copy(TraceId from) {
    return from;
  }

  @Override
  public TraceId copy(TraceId from, TraceId reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return 2 * Long.BYTES;
  }

  @Override
  public TypeSerializerSnapshot<TraceId> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Nothing to remember: there is one format. */
  public static final class Snapshot extends FormatSnapshot<TraceId> {
    /** For Flink. */
    public Snapshot() {
      super(INSTANCE);
    }
  }
}
