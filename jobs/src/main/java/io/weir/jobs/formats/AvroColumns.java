package io.weir.jobs.formats;

import io.weir.jobs.settings.Section;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** How the fields of an Avro record correspond to columns. */
final class AvroColumns {

  private AvroColumns() {}

  /**
   * The columns that the fields make by themselves; fields that no column can hold are left out.
   */
  static List<Column> derived(Schema record) {
    List<Column> columns = new ArrayList<>();
    for (Schema.Field field : record.getFields()) {
      naturalType(field.schema()).ifPresent(type -> columns.add(new Column(field.name(), type)));
    }
    return columns;
  }

  private static Optional<ColumnType> naturalType(Schema field) {
    Schema type = withoutNull(field);
    return Optional.ofNullable(
        switch (type.getType()) {
          case STRING, ENUM -> ColumnType.STRING;
          case INT -> ColumnType.LONG;
          case LONG -> isTimestamp(type) ? ColumnType.TIME : ColumnType.LONG;
          case FLOAT, DOUBLE -> ColumnType.DOUBLE;
          case BOOLEAN -> ColumnType.BOOLEAN;
          default -> null;
        });
  }

  /** Whether a column of a type can hold what the field holds. */
  static boolean fits(Schema field, ColumnType column) {
    Schema.Type type = withoutNull(field).getType();
    return switch (column) {
      case STRING -> type == Schema.Type.STRING || type == Schema.Type.ENUM;
      case LONG -> isWhole(type);
      case DOUBLE -> isWhole(type) || type == Schema.Type.FLOAT || type == Schema.Type.DOUBLE;
      case BOOLEAN -> type == Schema.Type.BOOLEAN;
      case TIME -> type == Schema.Type.LONG;
      case JSON -> false;
    };
  }

  private static boolean isWhole(Schema.Type type) {
    return type == Schema.Type.INT || type == Schema.Type.LONG;
  }

  /** Whether the field says itself that it is an instant, and in which unit. */
  static boolean isTimestamp(Schema field) {
    LogicalType logical = withoutNull(field).getLogicalType();
    return logical instanceof LogicalTypes.TimestampMillis
        || logical instanceof LogicalTypes.TimestampMicros;
  }

  /** The unit of a timestamp field. */
  static TimeSettings.Unit unitOf(Schema timestamp) {
    return withoutNull(timestamp).getLogicalType() instanceof LogicalTypes.TimestampMillis
        ? TimeSettings.Unit.MS
        : TimeSettings.Unit.US;
  }

  /** The other branch of a union of two with null; any other schema as it is. */
  private static Schema withoutNull(Schema schema) {
    if (schema.getType() != Schema.Type.UNION || schema.getTypes().size() != 2) {
      return schema;
    }
    Schema first = schema.getTypes().get(0);
    Schema second = schema.getTypes().get(1);
    return first.getType() == Schema.Type.NULL
        ? second
        : second.getType() == Schema.Type.NULL ? first : schema;
  }

  /** Reports columns of type time that are plain numbers, unless the time's unit explains them. */
  static void checkTime(
      String json, io.weir.operators.row.Schema columns, TimeSettings time, Section section) {
    if (json.isEmpty()) {
      return; // Reported already, where it was read.
    }
    Schema record = new Schema.Parser().parse(json);
    for (Column column : columns.columns()) {
      Schema.Field field = record.getField(column.name());
      if (column.type() == ColumnType.TIME && field != null && !isTimestamp(field.schema())) {
        checkPlain(column, time, section);
      }
    }
  }

  private static void checkPlain(Column column, TimeSettings time, Section section) {
    boolean explained = column.name().equals(time.field()) && time.unit() != TimeSettings.Unit.ISO;
    if (!explained) {
      section.problem(
          "unit",
          "is needed for "
              + column.name()
              + ", which is a plain number in Avro's schema; only the event time can be one");
    }
  }

  /** The record with some of its fields only, in their order. */
  static Schema projection(Schema record, List<String> names) {
    List<Schema.Field> kept = new ArrayList<>();
    for (Schema.Field field : record.getFields()) {
      if (names.contains(field.name())) {
        kept.add(new Schema.Field(field.name(), field.schema()));
      }
    }
    return Schema.createRecord(record.getName(), null, record.getNamespace(), false, kept);
  }
}
