package io.weir.operators.window;

import io.weir.operators.aggregate.Accumulator;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes a piece as its number of rows, version, lengths and its accumulators in order. */
final class PieceSerializer extends TypeSerializer<Piece> {

  private static final long serialVersionUID = 1;

  private final String frame;
  private final PieceShape shape;

  /**
   * A serializer for pieces of this shape.
   *
   * @param frame what else the state of a job depends on, in words; state that was written under
   *     another frame is refused
   */
  PieceSerializer(String frame, PieceShape shape) {
    this.frame = frame;
    this.shape = shape;
  }

  PieceShape shape() {
    return shape;
  }

  @Override
  public void serialize(Piece piece, DataOutputView out) throws IOException {
    out.writeLong(piece.rows());
    out.writeLong(piece.since());
    out.writeShort(piece.lengths().length);
    for (int length : piece.lengths()) {
      out.writeShort(length);
    }
    for (Accumulator accumulator : piece.accumulators()) {
      accumulator.write(out);
    }
  }

  @Override
  public Piece deserialize(DataInputView in) throws IOException {
    long rows = in.readLong();
    long since = in.readLong();
    int[] lengths = new int[in.readShort()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = in.readShort();
    }
    return new Piece(shape, rows, since, lengths, shape.read(in));
  }

  @Override
  public Piece deserialize(Piece reuse, DataInputView in) throws IOException {
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
  public TypeSerializer<Piece> duplicate() {
    return this;
  }

  @Override
  public Piece createInstance() {
    return Piece.empty(shape);
  }

  @Override
  public Piece copy(Piece from) {
    Piece copy = createInstance();
    copy.merge(from);
    return copy;
  }

  @Override
  public Piece copy(Piece from, Piece reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PieceSerializer that
        && frame.equals(that.frame)
        && shape.equals(that.shape);
  }

  @Override
  public int hashCode() {
    return shape.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Piece> snapshotConfiguration() {
    return new PieceSerializerSnapshot(frame, shape.signatures(), shape.places());
  }
}
