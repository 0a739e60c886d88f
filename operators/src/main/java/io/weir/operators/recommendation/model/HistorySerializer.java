package io.weir.operators.recommendation.model;

import io.weir.operators.row.FormatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes a history as its items and weights, the oldest first. */
public final class HistorySerializer extends TypeSerializer<History> {

  private static final int FIXED = 1;
  private static final int NEWEST = 2;

  public static final HistorySerializer INSTANCE = new HistorySerializer(NEWEST);

  private static final long serialVersionUID = 1;

  private final int format;

  HistorySerializer(int format) {
    this.format = format;
  }

  @Override
  public void serialize(History history, DataOutputView out) throws IOException {
    if (format == FIXED) {
      history.writeFixed(out);
    } else {
      history.write(out);
    }
  }

  @Override
  public History deserialize(DataInputView in) throws IOException {
    return format == FIXED ? History.readFixed(in) : History.read(in);
  }

  @Override
  public History deserialize(History reuse, DataInputView in) throws IOException {
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
  public TypeSerializer<History> duplicate() {
    return this;
  }

  @Override
  public History createInstance() {
    return new History();
  }

  @Override
  public History copy(History from) {
    return from.copy();
  }

  @Override
  public History copy(History from, History reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HistorySerializer that && format == that.format;
  }

  @Override
  public int hashCode() {
    return format;
  }

  @Override
  public TypeSerializerSnapshot<History> snapshotConfiguration() {
    return new Snapshot(format);
  }

  /** Remembers, in a checkpoint, in which format it wrote. */
  public static final class Snapshot extends FormatSnapshot<History> {

    /** For Flink. */
    public Snapshot() {
      this(NEWEST);
    }

    Snapshot(int format) {
      super(format, NEWEST, HistorySerializer::new);
    }
  }
}
