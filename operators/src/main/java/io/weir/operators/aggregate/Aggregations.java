package io.weir.operators.aggregate;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Schema;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes aggregations from the names that users write.
 *
 * <ul>
 *   <li>{@code count}: rows; {@code count(column)}: values that are not null. LONG.
 *   <li>{@code sum(column)}: of LONG exact (128 bits inside; null, and counted, where the sum does
 *       not fit 64); of DOUBLE with Neumaier's compensation, so that the order of rows shows in the
 *       last bits at most. The column's type. Null without values.
 *   <li>{@code avg(column)}: from the same sums. DOUBLE. Null without values.
 *   <li>{@code min(column)}, {@code max(column)}: the column's type; texts in the order of their
 *       UTF-16 units, NaN above all numbers, -0.0 equal to 0.0.
 *   <li>{@code count_distinct(column)}: exact, memory grows with the values; {@code
 *       approx_count_distinct(column)}: HyperLogLog of 2^14 registers, relative standard error
 *       below 1 %, at most 16 KiB. LONG.
 *   <li>{@code quantile(column, q)}: exact, nearest rank: number ceil(q n) of the n sorted values;
 *       {@code approx_quantile(column, q)}: KLL with k = 400, rank error below 0.7 % at 99 %
 *       confidence; {@code relative_quantile(column, q)}: DDSketch, the value by nearest rank with
 *       a relative error of at most 1 %; both ignore NaN. The column's type.
 *   <li>{@code top(column, n)}: exact counts, descending, ties by value ascending; {@code
 *       approx_top(column, n)}: frequent items, 4,096 counters; a count is never too low and too
 *       high by at most 0.086 % of the number of values. JSON text {@code
 *       [{"value":"/a","count":7}]}.
 * </ul>
 */
public final class Aggregations {

  /** The longest list that top and approx_top give. */
  public static final int MAX_TOP = 1000;

  private static final Schema TYPES =
      new Schema(Arrays.stream(ColumnType.values()).map(t -> new Column(t.name(), t)).toList());

  private Aggregations() {}

  /** As {@link #create(String, List, Schema)}. */
  public static Aggregation create(AggregateExpression expression, Schema input) {
    return create(expression.function(), expression.arguments(), input);
  }

  /**
   * Makes the aggregation of a function over one schema's rows.
   *
   * @throws IllegalArgumentException in words for users: no such function, wrong number of
   *     arguments, no such column, a column of the wrong type, a number out of its range
   */
  public static Aggregation create(String name, List<String> arguments, Schema input) {
    Function function = Function.named(name);
    String text = new AggregateExpression(name, arguments).toString();
    if (!function.takes(arguments.size())) {
      throw new IllegalArgumentException(text + ": it is written " + function.usage);
    }
    if (arguments.isEmpty()) {
      return new Aggregation(function.label(), ColumnType.LONG, () -> new Count(Count.ROWS));
    }
    int column = column(text, function, arguments.get(0), input);
    return arguments.size() == 1
        ? plain(function, column, input.type(column))
        : withNumber(function, column, input.type(column), arguments.get(1), text);
  }

  /** The aggregation that a {@link Aggregation#signature()} names; it reads and merges only. */
  public static Aggregation ofSignature(String signature) {
    return create(AggregateExpression.parse(signature), TYPES);
  }

  private static int column(String text, Function function, String name, Schema input) {
    int column = input.indexOf(name);
    if (column < 0) {
      throw new IllegalArgumentException(
          text + ": there is no column " + name + "; there are " + input.names());
    }
    ColumnType type = input.type(column);
    if (!function.types().contains(type)) {
      throw new IllegalArgumentException(
          String.format(
              "%s: %s is %s; %s takes %s", text, name, type, function.label(), types(function)));
    }
    return column;
  }

  private static String types(Function function) {
    return function.types().stream().map(ColumnType::name).collect(Collectors.joining(", "));
  }

  private static Aggregation plain(Function function, int column, ColumnType type) {
    String signature = function.label() + "(" + type + ")";
    return switch (function) {
      case SUM -> new Aggregation(signature, type, total(column, type, false));
      case AVG -> new Aggregation(signature, ColumnType.DOUBLE, total(column, type, true));
      case MIN -> new Aggregation(signature, type, extreme(column, type, false));
      case MAX -> new Aggregation(signature, type, extreme(column, type, true));
      case COUNT_DISTINCT ->
          new Aggregation(
              signature,
              ColumnType.LONG,
              () -> new CountDistinct(ValueCounts.create(column, type)));
      case APPROX_COUNT_DISTINCT ->
          new Aggregation(signature, ColumnType.LONG, () -> new ApproxCountDistinct(column, type));
      default -> new Aggregation(signature, ColumnType.LONG, () -> new Count(column));
    };
  }

  private static Aggregation.Factory total(int column, ColumnType type, boolean mean) {
    return type == ColumnType.LONG
        ? () -> new LongTotal(column, mean)
        : () -> new DoubleTotal(column, mean);
  }

  private static Aggregation.Factory extreme(int column, ColumnType type, boolean max) {
    return type == ColumnType.STRING
        ? () -> new TextExtreme(column, max)
        : () -> new NumberExtreme(column, type == ColumnType.DOUBLE, max);
  }

  private static Aggregation withNumber(
      Function function, int column, ColumnType type, String number, String text) {
    boolean top = function == Function.TOP || function == Function.APPROX_TOP;
    BigDecimal value = top ? listLength(number, text) : fraction(number, text);
    String signature = function.label() + "(" + type + ", " + value.toPlainString() + ")";
    return top
        ? new Aggregation(
            signature,
            ColumnType.JSON,
            ranking(function == Function.TOP, column, type, value.intValueExact()))
        : quantile(function, column, type, value, signature);
  }

  private static Aggregation quantile(
      Function function, int column, ColumnType type, BigDecimal q, String signature) {
    return switch (function) {
      case QUANTILE ->
          shared(
              function,
              column,
              type,
              q,
              signature,
              () -> new Quantile(new BitsCounts(column, type), type == ColumnType.DOUBLE));
      case RELATIVE_QUANTILE ->
          shared(function, column, type, q, signature, () -> new RelativeQuantile(column, type));
      default -> {
        double fraction = q.doubleValue();
        yield new Aggregation(signature, type, () -> new ApproxQuantile(column, type, fraction));
      }
    };
  }

  /** The quantiles of a column are told by one accumulator. */
  private static Aggregation shared(
      Function function,
      int column,
      ColumnType type,
      BigDecimal q,
      String signature,
      Aggregation.Factory factory) {
    return new Aggregation(
        signature,
        type,
        function.label() + " of column " + column,
        factory,
        (accumulator, out, to, length) -> ((Quantiles) accumulator).writeQuantile(q, out, to));
  }

  private static Aggregation.Factory ranking(boolean exact, int column, ColumnType type, int n) {
    return exact
        ? () -> new Top(ValueCounts.create(column, type), type, n)
        : () -> new ApproxTop(column, type, n);
  }

  private static BigDecimal fraction(String number, String text) {
    BigDecimal q = decimal(number, text, "q, a number above 0 and up to 1");
    if (q.signum() <= 0 || q.compareTo(BigDecimal.ONE) > 0 || q.scale() > 9) {
      throw new IllegalArgumentException(
          text + ": q is " + number + "; it lies above 0 and up to 1, with up to 9 decimals");
    }
    return q;
  }

  private static BigDecimal listLength(String number, String text) {
    BigDecimal n = decimal(number, text, "n, a whole number from 1 to " + MAX_TOP);
    if (n.scale() > 0 || n.signum() <= 0 || n.compareTo(BigDecimal.valueOf(MAX_TOP)) > 0) {
      throw new IllegalArgumentException(
          text + ": n is " + number + "; it is a whole number from 1 to " + MAX_TOP);
    }
    return n;
  }

  private static BigDecimal decimal(String number, String text, String wanted) {
    try {
      return new BigDecimal(number).stripTrailingZeros();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          text + ": \"" + number + "\" stands where " + wanted + ", belongs", e);
    }
  }
}
