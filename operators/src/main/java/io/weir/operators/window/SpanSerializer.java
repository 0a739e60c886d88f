package io.weir.operators.window;

import io.weir.operators.row.FormatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a span as its two ends, 8 bytes each. */
final class SpanSerializer extends TypeSerializerSingleton<Span> {

  static final SpanSerializer INSTANCE = new SpanSerializer();

  private static final long serialVersionUID = 1;

  @Override
  public void serialize(Span span, DataOutputView out) throws IOException {
    out.writeLong(span.start());
    out.writeLong(span.end());
  }

  @Override
  public Span deserialize(DataInputView in) throws IOException {
    return new Span(in.readLong(), in.readLong());
  }

  @Override
  public Span deserialize(Span reuse, DataInputView in) throws IOException {
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
  public Span createInstance() {
    return new Span(0, 0);
  }

  @Override
  public Span copy(Span from) {
    return from;
  }

  @Override
  public Span copy(Span from, Span reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return 2 * Long.BYTES;
  }

  @Override
  public TypeSerializerSnapshot<Span> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Nothing to remember: there is one format. */
  public static final class Snapshot extends FormatSnapshot<Span> {
    /** For Flink. */
    public Snapshot() {
      super(INSTANCE);
    }
  }
}
