package io.weir.operators.window;

import io.weir.operators.aggregate.AggregateExpression;
import java.io.Serializable;

/**
 * One column of the results.
 *
 * @param name the column's name
 * @param expression how its values are computed
 */
public record NamedAggregate(String name, AggregateExpression expression) implements Serializable {

  /** For example {@code of("p95", "quantile(bytes, 0.95)")}. */
  public static NamedAggregate of(String name, String expression) {
    return new NamedAggregate(name, AggregateExpression.parse(expression));
  }
}
