package io.weir.operators.row;

/** The Flink type of a stream of rows that share one schema. */
public final class RowTypeInfo extends SerializedTypeInfo<Row> {

  private static final long serialVersionUID = 1;

  public RowTypeInfo(Schema schema) {
    super(Row.class, new RowSerializer(schema), false);
  }
}
