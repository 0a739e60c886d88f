package io.weir.jobs.encoding;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;

/**
 * Avro schemas of rows (Avro 1.12 specification): a record whose fields are unions of null and the
 * column's type, null first and by default. TIME is a timestamp-micros, JSON a string. Names that
 * Avro does not allow are made fit; the property {@code column} then holds the real one.
 */
final class AvroSchemas {

  private AvroSchemas() {}

  static org.apache.avro.Schema of(Schema schema) {
    List<org.apache.avro.Schema.Field> fields = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Column column : schema.columns()) {
      fields.add(field(column, unique(fit(column.name()), taken)));
    }
    return org.apache.avro.Schema.createRecord("Row", null, "io.weir", false, fields);
  }

  private static org.apache.avro.Schema.Field field(Column column, String name) {
    org.apache.avro.Schema union =
        org.apache.avro.Schema.createUnion(
            org.apache.avro.Schema.create(org.apache.avro.Schema.Type.NULL), type(column.type()));
    org.apache.avro.Schema.Field field =
        new org.apache.avro.Schema.Field(name, union, null, JsonProperties.NULL_VALUE);
    if (!name.equals(column.name())) {
      field.addProp("column", column.name());
    }
    return field;
  }

  private static org.apache.avro.Schema type(ColumnType type) {
    return switch (type) {
      case STRING, JSON -> org.apache.avro.Schema.create(org.apache.avro.Schema.Type.STRING);
      case LONG -> org.apache.avro.Schema.create(org.apache.avro.Schema.Type.LONG);
      case DOUBLE -> org.apache.avro.Schema.create(org.apache.avro.Schema.Type.DOUBLE);
      case BOOLEAN -> org.apache.avro.Schema.create(org.apache.avro.Schema.Type.BOOLEAN);
      case TIME ->
          LogicalTypes.timestampMicros()
              .addToSchema(org.apache.avro.Schema.create(org.apache.avro.Schema.Type.LONG));
    };
  }

  private static String fit(String name) {
    String fit = name.replaceAll("[^A-Za-z0-9_]", "_");
    return Character.isDigit(fit.charAt(0)) ? "_" + fit : fit;
  }

  private static String unique(String name, Set<String> taken) {
    String candidate = name;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = name + "_" + i;
    }
    return candidate;
  }
}
