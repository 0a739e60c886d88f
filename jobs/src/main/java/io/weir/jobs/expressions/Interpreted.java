package io.weir.jobs.expressions;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.Program;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A part of a condition that CEL's interpreter computes; it asks for the columns as it goes. */
final class Interpreted extends Condition implements CelVariableResolver {

  private final Program program;
  private final Schema schema;
  private final Map<String, Integer> columns = new HashMap<>();
  private final int[] strict;
  private Row row = new Row(0);

  /**
   * Makes a part.
   *
   * @param strict columns without whose values the part is unknown: asking first spares CEL's
   *     exceptions, which cost some microseconds each
   */
  Interpreted(Program program, Schema schema, int[] strict) {
    this.program = program;
    this.schema = schema;
    this.strict = strict.clone();
    for (int i = 0; i < schema.size(); i++) {
      columns.put(schema.column(i).name(), i);
    }
  }

  @Override
  int test(Row tested) {
    for (int column : strict) {
      if (tested.isNull(column)) {
        return UNKNOWN;
      }
    }
    row = tested;
    try {
      Object value = program.eval(this); // A null where a BOOLEAN column is the value.
      return value instanceof Boolean known ? (known ? TRUE : FALSE) : UNKNOWN;
    } catch (CelEvaluationException e) {
      return UNKNOWN; // An error of the data, in CEL's logic a value like others.
    }
  }

  @Override
  public Optional<Object> find(String name) {
    Integer column = columns.get(name);
    return column == null ? Optional.empty() : Optional.of(value(column));
  }

  private Object value(int column) {
    if (row.isNull(column)) {
      return NullValue.NULL_VALUE;
    }
    return switch (schema.type(column)) {
      case STRING, JSON -> row.textAt(column);
      case LONG -> row.longAt(column);
      // Adding zero makes a zero of -0.0, which CEL would put before 0 where an int stands beside
      // it.
      case DOUBLE -> row.doubleAt(column) + 0.0;
      case BOOLEAN -> row.booleanAt(column);
      case TIME -> Instant.EPOCH.plus(row.longAt(column), ChronoUnit.MICROS);
    };
  }
}
