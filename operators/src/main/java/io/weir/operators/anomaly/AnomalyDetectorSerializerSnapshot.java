package io.weir.operators.anomaly;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Remembers, in a checkpoint, how long its detectors are: those of a build with other constants are
 * refused instead of misread.
 */
public final class AnomalyDetectorSerializerSnapshot
    implements TypeSerializerSnapshot<AnomalyDetector> {

  private static final int VERSION = 1;

  /** For Flink, which reads the snapshot by {@link #readSnapshot}. */
  public AnomalyDetectorSerializerSnapshot() {}

  @Override
  public int getCurrentVersion() {
    return VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeInt(AnomalyDetector.STATE_BYTES);
  }

  @Override
  public void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader)
      throws IOException {
    int bytes = readVersion == VERSION ? in.readInt() : -1;
    if (bytes != AnomalyDetector.STATE_BYTES) {
      throw new IOException(
          "anomaly detectors of format "
              + readVersion
              + (bytes < 0 ? "" : " and " + bytes + " bytes")
              + "; this build reads format "
              + VERSION
              + " of "
              + AnomalyDetector.STATE_BYTES
              + " bytes");
    }
  }

  @Override
  public TypeSerializer<AnomalyDetector> restoreSerializer() {
    return AnomalyDetectorSerializer.INSTANCE;
  }

  @Override
  public TypeSerializerSchemaCompatibility<AnomalyDetector> resolveSchemaCompatibility(
      TypeSerializerSnapshot<AnomalyDetector> oldSnapshot) {
    return oldSnapshot instanceof AnomalyDetectorSerializerSnapshot
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
