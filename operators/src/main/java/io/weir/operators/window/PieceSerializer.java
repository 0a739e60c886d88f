package io.weir.operators.window;

import io.weir.operators.aggregate.Accumulator;
import io.weir.operators.aggregate.Aggregation;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes a piece as its number of rows, version, lengths and its accumulators in order. */
final class PieceSerializer extends TypeSerializer<Piece> {

  private static final long serialVersionUID = 1;

  private final String frame;
  private final List<Aggregation> aggregations;

  /**
   * A serializer for pieces of these aggregations.
   *
   * @param frame what else the state of a job depends on, in words; state that was written under
   *     another frame is refused
   */
  PieceSerializer(String frame, List<Aggregation> aggregations) {
    this.frame = frame;
    this.aggregations = List.copyOf(aggregations);
  }

  List<Aggregation> aggregations() {
    return aggregations;
  }

  List<String> signatures() {
    return aggregations.stream().map(Aggregation::signature).toList();
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
    Accumulator[] accumulators = new Accumulator[aggregations.size()];
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i] = aggregations.get(i).read(in);
    }
    return new Piece(rows, since, lengths, accumulators);
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
    return Piece.empty(aggregations);
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
        && signatures().equals(that.signatures());
  }

  @Override
  public int hashCode() {
    return signatures().hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Piece> snapshotConfiguration() {
    return new PieceSerializerSnapshot(frame, signatures());
  }
}
