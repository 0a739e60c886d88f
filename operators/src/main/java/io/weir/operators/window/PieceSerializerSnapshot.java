package io.weir.operators.window;

import io.weir.operators.aggregate.Aggregations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Remembers, in a checkpoint, the windows, groups and aggregates that its pieces were written for.
 * A job that declares others does not start from it. Columns may be renamed or moved.
 */
public final class PieceSerializerSnapshot implements TypeSerializerSnapshot<Piece> {

  private static final int VERSION = 2;

  private String frame;
  private List<String> signatures;

  /** For Flink, which fills the snapshot by {@link #readSnapshot}. */
  public PieceSerializerSnapshot() {
    this("", List.of());
  }

  PieceSerializerSnapshot(String frame, List<String> signatures) {
    this.frame = frame;
    this.signatures = signatures;
  }

  @Override
  public int getCurrentVersion() {
    return VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(frame);
    out.writeInt(signatures.size());
    for (String signature : signatures) {
      out.writeUTF(signature);
    }
  }

  @Override
  public void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader)
      throws IOException {
    if (readVersion != VERSION) {
      throw new IOException("windows of format " + readVersion + "; this build reads " + VERSION);
    }
    frame = in.readUTF();
    signatures = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      signatures.add(in.readUTF());
    }
  }

  @Override
  public TypeSerializer<Piece> restoreSerializer() {
    return new PieceSerializer(frame, signatures.stream().map(Aggregations::ofSignature).toList());
  }

  @Override
  public TypeSerializerSchemaCompatibility<Piece> resolveSchemaCompatibility(
      TypeSerializerSnapshot<Piece> oldSnapshot) {
    return oldSnapshot instanceof PieceSerializerSnapshot old
            && old.frame.equals(frame)
            && old.signatures.equals(signatures)
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
