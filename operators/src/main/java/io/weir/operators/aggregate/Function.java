package io.weir.operators.aggregate;

import io.weir.operators.row.ColumnType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The functions by name, with what each takes. */
enum Function {
  COUNT("count or count(column)", 0, 1),
  SUM("sum(column)", 1, 1),
  AVG("avg(column)", 1, 1),
  MIN("min(column)", 1, 1),
  MAX("max(column)", 1, 1),
  COUNT_DISTINCT("count_distinct(column)", 1, 1),
  APPROX_COUNT_DISTINCT("approx_count_distinct(column)", 1, 1),
  QUANTILE("quantile(column, q)", 2, 2),
  APPROX_QUANTILE("approx_quantile(column, q)", 2, 2),
  RELATIVE_QUANTILE("relative_quantile(column, q)", 2, 2),
  TOP("top(column, n)", 2, 2),
  APPROX_TOP("approx_top(column, n)", 2, 2);

  final String usage;
  private final int minArguments;
  private final int maxArguments;

  Function(String usage, int minArguments, int maxArguments) {
    this.usage = usage;
    this.minArguments = minArguments;
    this.maxArguments = maxArguments;
  }

  /** The types of column that the function takes. */
  Set<ColumnType> types() {
    return switch (this) {
      case SUM, AVG, QUANTILE, APPROX_QUANTILE, RELATIVE_QUANTILE ->
          EnumSet.of(ColumnType.LONG, ColumnType.DOUBLE);
      case MIN, MAX -> EnumSet.complementOf(EnumSet.of(ColumnType.JSON));
      case TOP, APPROX_TOP -> EnumSet.complementOf(EnumSet.of(ColumnType.TIME, ColumnType.JSON));
      case COUNT, COUNT_DISTINCT, APPROX_COUNT_DISTINCT -> EnumSet.allOf(ColumnType.class);
    };
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean takes(int arguments) {
    return arguments >= minArguments && arguments <= maxArguments;
  }

  static Function named(String name) {
    return Arrays.stream(values())
        .filter(function -> function.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no aggregate \"" + name + "\"; there are " + labels()));
  }

  private static String labels() {
    return Arrays.stream(values()).map(Function::label).collect(Collectors.joining(", "));
  }
}
