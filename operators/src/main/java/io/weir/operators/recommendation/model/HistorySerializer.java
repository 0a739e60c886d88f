package io.weir.operators.recommendation.model;

import io.weir.operators.row.FormatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a history as its items and weights, the oldest first. */
public final class HistorySerializer extends TypeSerializerSingleton<History> {

  public static final HistorySerializer INSTANCE = new HistorySerializer();

  private static final long serialVersionUID = 1;

  private HistorySerializer() {}

  @Override
  public void serialize(History history, DataOutputView out) throws IOException {
    history.write(out);
  }

  @Override
  public History deserialize(DataInputView in) throws IOException {
    return History.read(in);
  }

  @Override
  public History deserialize(History reuse, DataInputView in) throws IOException {
    return History.read(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    History.read(in).write(out);
  }

  @Override
  public boolean isImmutableType() {
    return false;
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
  public TypeSerializerSnapshot<History> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Remembers, in a checkpoint, that this serializer wrote it. */
  public static final class Snapshot extends FormatSnapshot<History> {

    /** For Flink. */
    public Snapshot() {
      super(INSTANCE);
    }
  }
}
