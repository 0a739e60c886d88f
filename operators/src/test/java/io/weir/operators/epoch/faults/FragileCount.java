package io.weir.operators.epoch.faults;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Counts in keyed state on the heap, which is written behind the task's back, and may fail. */
final class FragileCount extends TypeSerializer<Long> {

  private static final long serialVersionUID = 1;
  private static final LongSerializer LONGS = LongSerializer.INSTANCE;

  private final Injected faults;

  FragileCount(Injected faults) {
    this.faults = faults;
  }

  @Override
  public void serialize(Long count, DataOutputView out) throws IOException {
    if (faults.failsSnapshot()) {
      throw new IOException("the test fails a snapshot");
    }
    LONGS.serialize(count, out);
  }

  @Override
  public TypeSerializerSnapshot<Long> snapshotConfiguration() {
    return LONGS.snapshotConfiguration();
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<Long> duplicate() {
    return this;
  }

  @Override
  public Long createInstance() {
    return LONGS.createInstance();
  }

  @Override
  public Long copy(Long count) {
    return count;
  }

  @Override
  public Long copy(Long count, Long reuse) {
    return count;
  }

  @Override
  public int getLength() {
    return LONGS.getLength();
  }

  @Override
  public Long deserialize(DataInputView in) throws IOException {
    return LONGS.deserialize(in);
  }

  @Override
  public Long deserialize(Long reuse, DataInputView in) throws IOException {
    return LONGS.deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    LONGS.copy(in, out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FragileCount same && same.faults.equals(faults);
  }

  @Override
  public int hashCode() {
    return faults.hashCode();
  }
}
