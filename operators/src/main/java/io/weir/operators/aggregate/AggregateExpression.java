package io.weir.operators.aggregate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * An aggregate as a user writes it: {@code count}, {@code sum(bytes)}, {@code quantile(bytes,
 * 0.95)}. Names are kept as written, with the blanks around them removed.
 *
 * @param function the function's name
 * @param arguments names of columns and numbers, as written; empty without parentheses
 */
public record AggregateExpression(String function, List<String> arguments) implements Serializable {

  private static final String SHAPE =
      "; an aggregate is written like count, sum(bytes) or quantile(bytes, 0.95)";

  public AggregateExpression {
    arguments = List.copyOf(arguments);
  }

  /**
   * Parses a text.
   *
   * @throws IllegalArgumentException if it is not a name, or a name with arguments in parentheses
   */
  public static AggregateExpression parse(String text) {
    int open = text.indexOf('(');
    String function = (open < 0 ? text : text.substring(0, open)).strip();
    if (function.isEmpty() || function.indexOf(')') >= 0 || function.indexOf(',') >= 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" does not begin with the name of a function" + SHAPE);
    }
    return new AggregateExpression(function, open < 0 ? List.of() : arguments(text, open));
  }

  private static List<String> arguments(String text, int open) {
    String rest = text.substring(open + 1).stripTrailing();
    if (rest.indexOf('(') >= 0 || rest.indexOf(')') != rest.length() - 1) {
      throw new IllegalArgumentException(
          "\"" + text + "\" needs one closing parenthesis, at its end" + SHAPE);
    }
    String[] arguments = rest.substring(0, rest.length() - 1).split(",", -1);
    List<String> stripped = Arrays.stream(arguments).map(String::strip).toList();
    if (stripped.contains("")) {
      throw new IllegalArgumentException("\"" + text + "\" has an empty argument" + SHAPE);
    }
    return stripped;
  }

  /** The text that {@link #parse} reads back. */
  @Override
  public String toString() {
    return arguments.isEmpty() ? function : function + "(" + String.join(", ", arguments) + ")";
  }
}
