package io.weir.jobs.expressions;

import dev.cel.common.CelAbstractSyntaxTree;
import io.weir.jobs.settings.Section;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A condition that rows of one schema fulfil or not. A row for which the condition cannot be
 * computed (it compares a null by order, divides by zero, ...) does not fulfil it. Travels by Java
 * serialization as its text and is compiled anew where it arrives; one instance serves one thread.
 */
public final class RowPredicate implements Serializable {

  private static final long serialVersionUID = 1;

  private final String expression;
  private final Schema schema;
  private final transient Set<String> columns;
  private final transient Condition condition;

  private RowPredicate(String expression, Schema schema) throws InvalidExpressionException {
    this.expression = expression;
    this.schema = schema;
    CelAbstractSyntaxTree checked = Language.check(expression, schema);
    columns = Language.columnsOf(checked, schema);
    condition = new ConditionPlanner(checked, schema).plan();
  }

  /**
   * Compiles a condition.
   *
   * @throws InvalidExpressionException if it is no condition on these columns
   */
  public static RowPredicate of(String expression, Schema schema)
      throws InvalidExpressionException {
    return new RowPredicate(expression, schema);
  }

  /** Reads a condition from settings; nothing where the key is absent or the condition wrong. */
  public static Optional<RowPredicate> read(Section section, String key, Schema schema) {
    String expression = section.optionalText(key);
    if (expression == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(expression, schema));
    } catch (InvalidExpressionException e) {
      section.problem(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** The columns that the condition uses. */
  public Set<String> columns() {
    return columns;
  }

  /**
   * The same condition for rows of another schema.
   *
   * @param other has at least {@link #columns()}, with the same types
   */
  public RowPredicate on(Schema other) {
    try {
      return new RowPredicate(expression, other);
    } catch (InvalidExpressionException e) {
      throw new IllegalArgumentException(expression + " is no condition on " + other, e);
    }
  }

  public boolean test(Row row) {
    return condition.test(row) == Condition.TRUE;
  }

  private Object readResolve() {
    return on(schema);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RowPredicate that
        && expression.equals(that.expression)
        && schema.equals(that.schema);
  }

  @Override
  public int hashCode() {
    return expression.hashCode();
  }

  @Override
  public String toString() {
    return expression;
  }
}
