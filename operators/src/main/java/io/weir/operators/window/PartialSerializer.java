package io.weir.operators.window;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes id, key, span and piece of a partial, one after the other. */
final class PartialSerializer extends TypeSerializer<Partial> {

  private static final long serialVersionUID = 1;

  private final PieceSerializer pieces;

  PartialSerializer(PieceSerializer pieces) {
    this.pieces = pieces;
  }

  @Override
  public void serialize(Partial partial, DataOutputView out) throws IOException {
    StringSerializer.INSTANCE.serialize(partial.id(), out);
    GroupKeySerializer.INSTANCE.serialize(partial.key(), out);
    SpanSerializer.INSTANCE.serialize(partial.span(), out);
    pieces.serialize(partial.piece(), out);
  }

  @Override
  public Partial deserialize(DataInputView in) throws IOException {
    return new Partial(
        StringSerializer.INSTANCE.deserialize(in),
        GroupKeySerializer.INSTANCE.deserialize(in),
        SpanSerializer.INSTANCE.deserialize(in),
        pieces.deserialize(in));
  }

  @Override
  public Partial deserialize(Partial reuse, DataInputView in) throws IOException {
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
  public TypeSerializer<Partial> duplicate() {
    return this;
  }

  @Override
  public Partial createInstance() {
    return new Partial(
        StringSerializer.INSTANCE.createInstance(),
        GroupKeySerializer.INSTANCE.createInstance(),
        SpanSerializer.INSTANCE.createInstance(),
        pieces.createInstance());
  }

  @Override
  public Partial copy(Partial from) {
    return new Partial(from.id(), from.key(), from.span(), pieces.copy(from.piece()));
  }

  @Override
  public Partial copy(Partial from, Partial reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PartialSerializer that && pieces.equals(that.pieces);
  }

  @Override
  public int hashCode() {
    return pieces.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Partial> snapshotConfiguration() {
    return new Snapshot(this);
  }

  /** Remembers the serializer of the pieces. */
  public static final class Snapshot
      extends CompositeTypeSerializerSnapshot<Partial, PartialSerializer> {

    /** For Flink. */
    public Snapshot() {}

    Snapshot(PartialSerializer serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return 2;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(PartialSerializer serializer) {
      return new TypeSerializer<?>[] {serializer.pieces};
    }

    @Override
    protected PartialSerializer createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new PartialSerializer((PieceSerializer) nested[0]);
    }
  }
}
