package io.weir.operators.window;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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

  private static final int VERSION = 3;

  private String frame;
  private List<String> signatures;
  private int[] places;

  /** For Flink, which fills the snapshot by {@link #readSnapshot}. */
  public PieceSerializerSnapshot() {
    this("", List.of(), new int[0]);
  }

  PieceSerializerSnapshot(String frame, List<String> signatures, int[] places) {
    this.frame = frame;
    this.signatures = signatures;
    this.places = places;
  }

  @Override
  public int getCurrentVersion() {
    return VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(frame);
    out.writeInt(signatures.size());
    for (int i = 0; i < places.length; i++) {
      out.writeUTF(signatures.get(i));
      out.writeInt(places[i]);
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
    places = new int[in.readInt()];
    for (int i = 0; i < places.length; i++) {
      signatures.add(in.readUTF());
      places[i] = in.readInt();
    }
  }

  @Override
  public TypeSerializer<Piece> restoreSerializer() {
    return new PieceSerializer(frame, PieceShape.restored(signatures, places));
  }

  @Override
  public TypeSerializerSchemaCompatibility<Piece> resolveSchemaCompatibility(
      TypeSerializerSnapshot<Piece> oldSnapshot) {
    return oldSnapshot instanceof PieceSerializerSnapshot old
            && old.frame.equals(frame)
            && old.signatures.equals(signatures)
            && Arrays.equals(old.places, places)
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
