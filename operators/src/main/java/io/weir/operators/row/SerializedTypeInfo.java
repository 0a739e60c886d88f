package io.weir.operators.row;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** The Flink type of values that have a serializer of their own; two are equal if those are. */
public class SerializedTypeInfo<T> extends TypeInformation<T> {

  private static final long serialVersionUID = 1;

  private final Class<T> type;
  private final TypeSerializer<T> serializer;
  private final boolean key;

  /**
   * Names a type.
   *
   * @param key whether values have a hash code and an equality that streams can be keyed by
   */
  public SerializedTypeInfo(Class<T> type, TypeSerializer<T> serializer, boolean key) {
    this.type = type;
    this.serializer = serializer;
    this.key = key;
  }

  @Override
  public final boolean isBasicType() {
    return false;
  }

  @Override
  public final boolean isTupleType() {
    return false;
  }

  @Override
  public final int getArity() {
    return 1;
  }

  @Override
  public final int getTotalFields() {
    return 1;
  }

  @Override
  public final Class<T> getTypeClass() {
    return type;
  }

  @Override
  public final boolean isKeyType() {
    return key;
  }

  @Override
  public final TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializer.duplicate();
  }

  @Override
  public final String toString() {
    return type.getSimpleName();
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof SerializedTypeInfo<?> that && serializer.equals(that.serializer);
  }

  @Override
  public final int hashCode() {
    return serializer.hashCode();
  }

  @Override
  public final boolean canEqual(Object other) {
    return other instanceof SerializedTypeInfo;
  }
}
