package io.weir.operators.row;

import java.io.IOException;
import java.util.function.IntFunction;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Remembers, in a checkpoint, in which format values were written: formats are numbered from 1 on,
 * and nothing but the number is kept. State of an older format is read by a serializer of that
 * format and written anew by the newest one (RocksDB: when the state is first used; the heap: with
 * the next checkpoint). State of a format that this build does not know is refused.
 *
 * <p>A serializer reads and writes one format, also an older one: state that a job no longer uses
 * goes from checkpoint to checkpoint as it stands, with this snapshot beside it.
 *
 * @param <T> the values
 */
public abstract class FormatSnapshot<T> implements TypeSerializerSnapshot<T> {

  private final IntFunction<TypeSerializer<T>> serializers;
  private final int newest;
  private int format;

  /**
   * For a serializer that has formats.
   *
   * @param format of the serializer; {@link #readSnapshot} replaces it
   * @param newest that this build knows
   * @param serializers by format
   */
  protected FormatSnapshot(int format, int newest, IntFunction<TypeSerializer<T>> serializers) {
    this.format = format;
    this.newest = newest;
    this.serializers = serializers;
  }

  /** For a serializer that has one format so far. */
  protected FormatSnapshot(TypeSerializer<T> serializer) {
    this(1, 1, format -> serializer);
  }

  @Override
  public final int getCurrentVersion() {
    return format;
  }

  @Override
  public final void writeSnapshot(DataOutputView out) {
    // Flink writes the number.
  }

  @Override
  public final void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader)
      throws IOException {
    if (readVersion < 1 || readVersion > newest) {
      throw new IOException(
          "state of format %d for %s; this build reads 1 to %d"
              .formatted(readVersion, getClass().getName(), newest));
    }
    format = readVersion;
  }

  @Override
  public final TypeSerializer<T> restoreSerializer() {
    return serializers.apply(format);
  }

  @Override
  public final TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> oldSnapshot) {
    if (oldSnapshot.getClass() != getClass() || oldSnapshot.getCurrentVersion() > format) {
      return TypeSerializerSchemaCompatibility.incompatible();
    }
    return oldSnapshot.getCurrentVersion() == format
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
  }
}
