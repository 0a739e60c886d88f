package io.weir.operators.row;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** The Flink type of a stream of rows that share one schema. */
public final class RowTypeInfo extends TypeInformation<Row> {

  private static final long serialVersionUID = 1;

  private final Schema schema;

  public RowTypeInfo(Schema schema) {
    this.schema = schema;
  }

  public Schema schema() {
    return schema;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<Row> getTypeClass() {
    return Row.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<Row> createSerializer(SerializerConfig config) {
    return new RowSerializer(schema);
  }

  @Override
  public String toString() {
    return "Row" + schema.columns();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RowTypeInfo that && schema.equals(that.schema);
  }

  @Override
  public int hashCode() {
    return schema.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof RowTypeInfo;
  }
}
