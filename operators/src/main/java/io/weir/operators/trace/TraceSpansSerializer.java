package io.weir.operators.trace;

import io.weir.operators.row.FormatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes the services of a trace, and then its spans by the places of their services. */
final class TraceSpansSerializer extends TypeSerializerSingleton<TraceSpans> {

  static final TraceSpansSerializer INSTANCE = new TraceSpansSerializer();

  private static final long serialVersionUID = 1;

  @Override
  public void serialize(TraceSpans spans, DataOutputView out) throws IOException {
    spans.write(out);
  }

  @Override
  public TraceSpans deserialize(DataInputView in) throws IOException {
    return TraceSpans.read(in);
  }

  @Override
  public TraceSpans deserialize(TraceSpans reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TraceSpans createInstance() {
    return new TraceSpans();
  }

  @Override
  public TraceSpans copy(TraceSpans from) {
    return from.copy();
  }

  @Override
  public TraceSpans copy(TraceSpans from, TraceSpans reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public TypeSerializerSnapshot<TraceSpans> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Remembers that there is one format. */
  public static final class Snapshot extends FormatSnapshot<TraceSpans> {
    /** For Flink. */
    public Snapshot() {
      super(INSTANCE);
    }
  }
}
