package io.weir.operators.anomaly;

import io.weir.operators.row.SerializedTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a detector as it stands, always in {@link AnomalyDetector#STATE_BYTES} bytes. */
public final class AnomalyDetectorSerializer extends TypeSerializerSingleton<AnomalyDetector> {

  static final AnomalyDetectorSerializer INSTANCE = new AnomalyDetectorSerializer();

  /** For a function that keeps detectors in a state of its own. */
  public static final TypeInformation<AnomalyDetector> TYPE =
      new SerializedTypeInfo<>(AnomalyDetector.class, INSTANCE, false);

  private static final long serialVersionUID = 1;

  private AnomalyDetectorSerializer() {}

  @Override
  public void serialize(AnomalyDetector detector, DataOutputView out) throws IOException {
    detector.write(out);
  }

  @Override
  public AnomalyDetector deserialize(DataInputView in) throws IOException {
    return deserialize(new AnomalyDetector(), in);
  }

  @Override
  public AnomalyDetector deserialize(AnomalyDetector reuse, DataInputView in) throws IOException {
    reuse.read(in);
    return reuse;
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    out.write(in, AnomalyDetector.STATE_BYTES);
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public AnomalyDetector createInstance() {
    return new AnomalyDetector();
  }

  @Override
  public AnomalyDetector copy(AnomalyDetector from) {
    return copy(from, new AnomalyDetector());
  }

  @Override
  public AnomalyDetector copy(AnomalyDetector from, AnomalyDetector reuse) {
    reuse.copyFrom(from);
    return reuse;
  }

  @Override
  public int getLength() {
    return AnomalyDetector.STATE_BYTES;
  }

  @Override
  public TypeSerializerSnapshot<AnomalyDetector> snapshotConfiguration() {
    return new AnomalyDetectorSerializerSnapshot();
  }
}
