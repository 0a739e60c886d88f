package io.weir.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sketches lie within their published bounds, also after random merges. */
class ApproximateAggregatesTest {

  private static final Schema SCHEMA =
      Schema.of(
          new Column("l", ColumnType.LONG),
          new Column("d", ColumnType.DOUBLE),
          new Column("s", ColumnType.STRING));

  private final Random random = new Random(Long.getLong("seed", 42));

  @ParameterizedTest
  @CsvSource({"s, 0", "s, 1", "s, 10", "s, 1000", "s, 100000", "l, 100000", "d, 100000"})
  void countsDistinctValuesWithinThreeStandardErrors(String column, int distinct) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 2 * distinct; i++) {
      rows.add(row(i % distinct));
    }
    Aggregation aggregation = Aggregations.create("approx_count_distinct", List.of(column), SCHEMA);

    long one = Merging.compute("approx_count_distinct(" + column + ")", SCHEMA, rows).longAt(0);
    Collections.shuffle(rows, random);
    long other =
        Merging.resultOf(aggregation, Merging.inRandomParts(aggregation, rows, random)).longAt(0);

    assertThat((double) one).isCloseTo(distinct, within(distinct * 3 * 1.04 / Math.sqrt(1 << 14)));
    assertThat(other).isEqualTo(one);
  }

  @Test
  void countsTheEmptyTextAsAValue() {
    Row empty = row(0);
    empty.setText(2, "");

    assertThat(
            Merging.compute("approx_count_distinct(s)", SCHEMA, List.of(empty, empty, row(1)))
                .longAt(0))
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"approx_quantile(d, 1)", "relative_quantile(d, 1)"})
  void quantilesIgnoreWhatIsNoNumber(String quantile) {
    Row noNumber = row(0);
    noNumber.setDouble(1, Double.NaN);

    Row none = Merging.compute(quantile, SCHEMA, List.of(noNumber));
    Row some = Merging.compute(quantile, SCHEMA, List.of(noNumber, row(200), noNumber));

    assertThat(none.isNull(0)).isTrue();
    assertThat(some.doubleAt(0)).isCloseTo(100, within(1.0));
  }

  @Test
  void weighsTheTextsThatTopKeeps() {
    Aggregation aggregation = Aggregations.create("approx_top", List.of("s", "10"), SCHEMA);
    Accumulator top = aggregation.create();
    long grown = top.weight();

    for (int i = 0; i < 3_000; i++) {
      grown += top.add(longText(i));
    }
    Accumulator twice = Merging.throughBytes(aggregation, top);
    twice.merge(top);

    assertThat(top.weight()).isEqualTo(grown).isBetween(3_000_000L, 3_500_000L);
    assertThat(twice.weight()).isBetween(3_000_000L, 3_500_000L);
  }

  @Test
  void doesNotWeighTheTextsThatTopDropped() {
    Accumulator top = Aggregations.create("approx_top", List.of("s", "10"), SCHEMA).create();

    for (int i = 0; i < 50_000; i++) {
      top.add(longText(i));
    }

    assertThat(top.weight()).isLessThan(5_000_000);
  }

  private static Row longText(int number) {
    Row row = row(number);
    row.setText(2, number + "x".repeat(1_000));
    return row;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.01", "0.5", "0.95", "1"})
  void quantilesLieWithinTheRankError(String q) {
    int n = 100_000;
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i <= n; i++) {
      rows.add(row(i));
    }
    Collections.shuffle(rows, random);
    Aggregation longs = Aggregations.create("approx_quantile", List.of("l", q), SCHEMA);
    Aggregation doubles = Aggregations.create("approx_quantile", List.of("d", q), SCHEMA);

    long ofLongs = Merging.resultOf(longs, Merging.inRandomParts(longs, rows, random)).longAt(0);
    double ofDoubles =
        Merging.resultOf(doubles, Merging.inRandomParts(doubles, rows, random)).doubleAt(0);

    double place = Double.parseDouble(q) * n;
    assertThat((double) ofLongs).isCloseTo(place, within(0.0068 * n));
    assertThat(ofDoubles).isCloseTo(place / 2, within(0.0068 * n / 2));
  }

  @Test
  void fewValuesHaveTheExactQuantile() {
    List<Row> rows = List.of(row(10), row(30), row(20), row(40));

    assertThat(Merging.compute("approx_quantile(l, 0.5)", SCHEMA, rows).longAt(0)).isEqualTo(20);
    assertThat(Merging.compute("approx_quantile(l, 0.51)", SCHEMA, rows).longAt(0)).isEqualTo(30);
    assertThat(Merging.compute("approx_quantile(l, 0.5)", SCHEMA, List.of()).isNull(0)).isTrue();
  }

  @Test
  void quantilesOrderDoublesOfBothSigns() {
    List<Row> rows = List.of(row(-1), row(3), row(-40), row(0), row(-7));

    assertThat(Merging.compute("approx_quantile(d, 0.2)", SCHEMA, rows).doubleAt(0)).isEqualTo(-20);
    assertThat(Merging.compute("approx_quantile(d, 0.4)", SCHEMA, rows).doubleAt(0))
        .isEqualTo(-3.5);
    assertThat(Merging.compute("approx_quantile(d, 1)", SCHEMA, rows).doubleAt(0)).isEqualTo(1.5);
    assertThat(Merging.compute("approx_quantile(d, 0.5)", SCHEMA, List.of()).isNull(0)).isTrue();
  }

  @Test
  void topIsExactWhileTheCountersSuffice() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      for (int times = 0; times < 1 + i % 3; times++) {
        rows.add(row(i));
      }
    }
    Row empty = row(0);
    empty.setText(2, "");
    rows.addAll(List.of(empty, empty, empty));

    for (String column : List.of("s", "l", "d")) {
      Aggregation approximate = Aggregations.create("approx_top", List.of(column, "20"), SCHEMA);
      assertThat(
              Merging.resultOf(approximate, Merging.inRandomParts(approximate, rows, random))
                  .textAt(0))
          .isEqualTo(Merging.compute("top(" + column + ", 20)", SCHEMA, rows).textAt(0));
    }
  }

  @Test
  void topFindsFrequentValuesAmongManyWithinItsBound() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 300_000; i++) {
      rows.add(row(i % 3 > 0 ? random.nextInt(200_000) + 1000 : random.nextInt(10)));
    }
    Aggregation approximate = Aggregations.create("approx_top", List.of("s", "10"), SCHEMA);

    String top =
        Merging.resultOf(approximate, Merging.inRandomParts(approximate, rows, random)).textAt(0);

    Matcher entry = Pattern.compile("\"value\":\"v(\\d+)\",\"count\":(\\d+)").matcher(top);
    List<Long> found = new ArrayList<>();
    while (entry.find()) {
      long value = Long.parseLong(entry.group(1));
      long exact = rows.stream().filter(row -> row.longAt(0) == value).count();
      assertThat(Long.parseLong(entry.group(2)))
          .isBetween(exact, exact + (long) (rows.size() * 3.5 / 4096));
      found.add(value);
    }
    assertThat(found).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  private static Row row(long value) {
    Row row = new Row(SCHEMA.size());
    row.setLong(0, value);
    row.setDouble(1, value / 2.0);
    row.setText(2, "v" + value);
    return row;
  }
}
