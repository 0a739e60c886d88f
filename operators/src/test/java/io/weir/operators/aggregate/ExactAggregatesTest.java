package io.weir.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random rows, summed up in random parts, against the textbook on lists of boxed values. */
class ExactAggregatesTest {

  private static final Schema SCHEMA =
      Schema.of(
          new Column("l", ColumnType.LONG),
          new Column("d", ColumnType.DOUBLE),
          new Column("s", ColumnType.STRING),
          new Column("b", ColumnType.BOOLEAN),
          new Column("t", ColumnType.TIME),
          new Column("j", ColumnType.JSON));

  private static final long[] LONGS = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53};
  private static final double[] DOUBLES = {
    0.0, -0.0, 1e300, -1e300, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY, 1e16
  };
  private static final String[] TEXTS = {
    "", "a", "Z", "é", "日本", "\u0000", "\ud83d\ude00", "\"\\\n"
  };

  private final Random random = new Random(Long.getLong("seed", 20150517));

  @Test
  void agreeWithTheNaiveOnesHoweverRowsAreSplitUp() {
    for (int round = 0; round < 300; round++) {
      List<Row> rows = rows(random.nextInt(200));
      List<Long> longs = longs(rows, 0);
      check("count", rows, row -> row.longAt(0), (long) rows.size());
      check("count(s)", rows, row -> row.longAt(0), (long) texts(rows, 2).size());
      check("min(l)", rows, row -> row.longAt(0), least(longs));
      check("max(l)", rows, row -> row.longAt(0), greatest(longs));
      check("max(t)", rows, row -> row.longAt(0), greatest(longs(rows, 4)));
      check("max(b)", rows, row -> row.booleanAt(0) ? 1L : 0L, greatest(longs(rows, 3)));
      check("min(d)", rows, row -> row.doubleAt(0), least(doubles(rows)));
      check("max(d)", rows, row -> row.doubleAt(0), greatest(doubles(rows)));
      check("min(s)", rows, row -> row.textAt(0), least(texts(rows, 2)));
      check("max(s)", rows, row -> row.textAt(0), greatest(texts(rows, 2)));
      check("avg(l)", rows, row -> row.doubleAt(0), mean(longs));
      check("count_distinct(l)", rows, row -> row.longAt(0), longs.stream().distinct().count());
      check(
          "count_distinct(d)",
          rows,
          row -> row.longAt(0),
          doubles(rows).stream().distinct().count());
      check(
          "count_distinct(s)",
          rows,
          row -> row.longAt(0),
          texts(rows, 2).stream().distinct().count());
      check(
          "count_distinct(j)",
          rows,
          row -> row.longAt(0),
          texts(rows, 5).stream().distinct().count());
      check("quantile(l, 0.07)", rows, row -> row.longAt(0), nearestRank(longs, 7, 100));
      check("quantile(l, 1)", rows, row -> row.longAt(0), nearestRank(longs, 1, 1));
      check("quantile(d, 0.5)", rows, row -> row.doubleAt(0), nearestRank(doubles(rows), 1, 2));
      check(
          "top(s, 3)",
          rows,
          row -> row.textAt(0),
          top(texts(rows, 2), 3, ExactAggregatesTest::quoted));
      check("top(l, 5)", rows, row -> row.textAt(0), top(longs, 5, String::valueOf));
      check(
          "top(b, 5)",
          rows,
          row -> row.textAt(0),
          top(longs(rows, 3), 5, v -> v == 1 ? "true" : "false"));
    }
  }

  private <T> void check(String text, List<Row> rows, Function<Row, T> read, @Nullable T expected) {
    Aggregation aggregation = Aggregations.create(AggregateExpression.parse(text), SCHEMA);

    Row result = Merging.resultOf(aggregation, Merging.inRandomParts(aggregation, rows, random));

    assertThat(result.isNull(0) ? null : read.apply(result)).as(text).isEqualTo(expected);
  }

  @Test
  void sumOfLongsIsExactBeyondALongAndHasNoResultOnlyWhereItDoesNotFit() {
    Aggregation sum = Aggregations.create("sum", List.of("l"), SCHEMA);
    int refused = 0;
    for (int round = 0; round < 2000; round++) {
      List<Row> rows = rows(random.nextInt(12));
      BigInteger exact =
          longs(rows, 0).stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
      boolean fits = exact.bitLength() < Long.SIZE;
      Row out = new Row(1);

      boolean written = Merging.inRandomParts(sum, rows, random).writeResult(out, 0);

      assertThat(written).isEqualTo(fits);
      assertThat(out.isNull(0)).isEqualTo(!fits || longs(rows, 0).isEmpty());
      assertThat(out.longAt(0)).isEqualTo(fits ? exact.longValueExact() : 0);
      refused += fits ? 0 : 1;
    }
    assertThat(refused).isBetween(50, 1950);
  }

  @Test
  void meanOfLongsIsTheNearestDoubleAlsoWhereTheSumIsNone() {
    for (int round = 0; round < 2000; round++) {
      int bits = 1 + random.nextInt(62);
      List<Row> rows = new ArrayList<>();
      for (int i = 1 + random.nextInt(9); i > 0; i--) {
        Row row = new Row(SCHEMA.size());
        row.setLong(0, random.nextLong() >> (64 - bits));
        rows.add(row);
      }

      double mean = Merging.compute("avg(l)", SCHEMA, rows).doubleAt(0);

      assertThat(mean).isEqualTo(mean(longs(rows, 0)));
    }
  }

  @Test
  void sumOfDoublesKeepsWhatPlainAdditionLoses() {
    List<Row> rows = new ArrayList<>();
    for (double value : new double[] {1, 1e100, 1, -1e100}) {
      rows.add(row(value));
    }

    assertThat(Merging.compute("sum(d)", SCHEMA, rows).doubleAt(0)).isEqualTo(2.0);
    assertThat(Merging.compute("avg(d)", SCHEMA, rows).doubleAt(0)).isEqualTo(0.5);
  }

  @Test
  void sumOfDoublesIsExactToTheLastBitsInAnySplit() {
    Aggregation sum = Aggregations.create("sum", List.of("d"), SCHEMA);
    for (int round = 0; round < 200; round++) {
      List<Row> rows = new ArrayList<>();
      BigDecimal exact = BigDecimal.ZERO;
      for (int i = 0; i < 500; i++) {
        double value = (random.nextDouble() - 0.3) * Math.pow(10, random.nextInt(12));
        rows.add(row(value));
        exact = exact.add(new BigDecimal(value));
      }

      double result = Merging.resultOf(sum, Merging.inRandomParts(sum, rows, random)).doubleAt(0);

      assertThat(result).isCloseTo(exact.doubleValue(), within(2 * Math.ulp(exact.doubleValue())));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN})
  void sumOfDoublesStaysInfiniteOrUndefined(double value) {
    List<Row> rows = List.of(row(1), row(value), row(2));

    assertThat(Merging.compute("sum(d)", SCHEMA, rows).doubleAt(0))
        .isEqualTo(Double.valueOf(value));
  }

  @Test
  void resultsWithoutValuesAreNullZeroOrEmpty() {
    List<Row> rows = List.of(new Row(SCHEMA.size()));
    for (String text : List.of("sum(l)", "avg(d)", "min(s)", "max(l)", "quantile(d, 0.5)")) {
      assertThat(Merging.compute(text, SCHEMA, rows).isNull(0)).as(text).isTrue();
    }
    assertThat(Merging.compute("count", SCHEMA, rows).longAt(0)).isEqualTo(1);
    assertThat(Merging.compute("count(l)", SCHEMA, rows).longAt(0)).isZero();
    assertThat(Merging.compute("top(s, 2)", SCHEMA, rows).textAt(0)).isEqualTo("[]");
  }

  @Test
  void growthReportedByAddAndTheWeightAgree() {
    for (String text :
        List.of(
            "count_distinct(s)",
            "top(l, 3)",
            "min(s)",
            "approx_count_distinct(s)",
            "approx_quantile(l, 0.5)",
            "relative_quantile(l, 0.5)",
            "approx_top(s, 3)")) {
      Accumulator accumulator =
          Aggregations.create(AggregateExpression.parse(text), SCHEMA).create();
      long weight = accumulator.weight();

      for (int i = 0; i < 5000; i++) {
        Row row = new Row(SCHEMA.size());
        row.setLong(0, i);
        row.setText(2, "text " + i);
        weight += accumulator.add(row);
      }

      assertThat(accumulator.weight()).as(text).isEqualTo(weight);
    }
  }

  private static Row row(double value) {
    Row row = new Row(SCHEMA.size());
    row.setDouble(1, value);
    return row;
  }

  private List<Row> rows(int count) {
    boolean few = random.nextBoolean();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Row row = new Row(SCHEMA.size());
      if (random.nextInt(10) > 0) {
        row.setLong(0, few ? LONGS[random.nextInt(LONGS.length)] : random.nextLong());
      }
      if (random.nextInt(10) > 0) {
        row.setDouble(1, few ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextGaussian());
      }
      if (random.nextInt(10) > 0) {
        row.setText(
            2, few ? TEXTS[random.nextInt(TEXTS.length)] : Integer.toString(random.nextInt(80)));
      }
      if (random.nextInt(10) > 0) {
        row.setBoolean(3, random.nextBoolean());
      }
      if (random.nextInt(10) > 0) {
        row.setLong(4, random.nextInt(1000) - 500);
        row.setText(5, "{\"n\":" + random.nextInt(30) + "}");
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<Long> longs(List<Row> rows, int column) {
    return rows.stream().filter(r -> !r.isNull(column)).map(r -> r.longAt(column)).toList();
  }

  private static List<Double> doubles(List<Row> rows) {
    return rows.stream().filter(r -> !r.isNull(1)).map(r -> r.doubleAt(1) + 0.0).toList();
  }

  private static List<String> texts(List<Row> rows, int column) {
    return rows.stream().filter(r -> !r.isNull(column)).map(r -> r.textAt(column)).toList();
  }

  private static <T extends Comparable<T>> @Nullable T least(List<T> values) {
    return values.stream().min(Comparator.naturalOrder()).orElse(null);
  }

  private static <T extends Comparable<T>> @Nullable T greatest(List<T> values) {
    return values.stream().max(Comparator.naturalOrder()).orElse(null);
  }

  private static @Nullable Double mean(List<Long> values) {
    if (values.isEmpty()) {
      return null;
    }
    BigDecimal sum =
        values.stream().map(BigDecimal::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add);
    return sum.divide(BigDecimal.valueOf(values.size()), new MathContext(60)).doubleValue();
  }

  private static <T extends Comparable<T>> @Nullable T nearestRank(
      List<T> values, int of, int parts) {
    int place = (values.size() * of + parts - 1) / parts;
    return values.isEmpty() ? null : values.stream().sorted().toList().get(place - 1);
  }

  private static <T extends Comparable<T>> String top(
      List<T> values, int n, Function<T, String> json) {
    Map<T, Long> counts =
        values.stream().collect(Collectors.groupingBy(v -> v, TreeMap::new, Collectors.counting()));
    Map<T, Long> first = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(n)
        .forEach(e -> first.put(e.getKey(), e.getValue()));
    return first.entrySet().stream()
        .map(e -> "{\"value\":" + json.apply(e.getKey()) + ",\"count\":" + e.getValue() + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    return Objects.requireNonNull(
        Map.of("\u0000", "\"\\u0000\"", "\"\\\n", "\"\\\"\\\\\\u000a\"")
            .getOrDefault(text, '"' + text + '"'));
  }

  @Test
  void quantileCountsInDecimals() {
    List<Row> rows =
        LongStream.rangeClosed(1, 100)
            .mapToObj(
                value -> {
                  Row row = new Row(SCHEMA.size());
                  row.setLong(0, value);
                  return row;
                })
            .toList();

    // As doubles, 0.07 x 100 = 7.000000000000001.
    assertThat(Merging.compute("quantile(l, 0.07)", SCHEMA, rows).longAt(0)).isEqualTo(7);
  }
}
