package io.weir.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelativeQuantileTest {

  private static final Schema SCHEMA =
      Schema.of(new Column("l", ColumnType.LONG), new Column("d", ColumnType.DOUBLE));

  private final Random random = new Random(Long.getLong("seed", 42));

  @ParameterizedTest
  @ValueSource(strings = {"0.001", "0.5", "0.95", "0.99", "1"})
  void liesWithinOnePercentOfTheNearestRank(String q) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      rows.add(row(Math.round(Math.exp(random.nextGaussian(7, 4))) - 50));
    }

    Row exact = Merging.compute("quantile(l, " + q + ")", SCHEMA, rows);
    Aggregation longs = Aggregations.create("relative_quantile", List.of("l", q), SCHEMA);
    Aggregation doubles = Aggregations.create("relative_quantile", List.of("d", q), SCHEMA);
    long ofLongs = Merging.resultOf(longs, Merging.inRandomParts(longs, rows, random)).longAt(0);
    double ofDoubles =
        Merging.resultOf(doubles, Merging.inRandomParts(doubles, rows, random)).doubleAt(0);

    double value = exact.longAt(0);
    assertThat((double) ofLongs).isCloseTo(value, within(Math.abs(value) / 100));
    assertThat(ofDoubles).isCloseTo(value / 4, within(Math.abs(value) / 400));
  }

  @Test
  void everyWholeNumberIsWithinOnePercentOfItself() {
    for (long value = -3_000; value <= 3_000; value++) {
      long result =
          Merging.compute("relative_quantile(l, 0.5)", SCHEMA, List.of(row(value))).longAt(0);

      assertThat(Math.abs(result - value) * 100)
          .as("%s", value)
          .isLessThanOrEqualTo(Math.abs(value));
    }
  }

  @Test
  void doesNotDependOnTheOrderOfMerging() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      rows.add(row(random.nextInt(1_000_000) - 1_000));
    }
    Aggregation aggregation = Aggregations.create("relative_quantile", List.of("d", "0.9"), SCHEMA);
    double whole = Merging.compute("relative_quantile(d, 0.9)", SCHEMA, rows).doubleAt(0);

    for (int i = 0; i < 20; i++) {
      Accumulator merged = Merging.inRandomParts(aggregation, rows, random);

      assertThat(Merging.resultOf(aggregation, merged).doubleAt(0)).isEqualTo(whole);
    }
  }

  @Test
  void theLargestAndTheSmallestNumbersFit() {
    double[] values = {Double.NEGATIVE_INFINITY, -1e300, -1e-320, 0, 1e300, Double.NaN};
    List<Row> rows = new ArrayList<>();
    for (double value : values) {
      Row row = row(0);
      row.setDouble(1, value);
      rows.add(row);
    }

    assertThat(at(rows, "0.2")).isLessThan(-1e307).isFinite();
    assertThat(at(rows, "0.4")).isCloseTo(-1e300, within(1e298));
    assertThat(at(rows, "0.6")).isZero();
    assertThat(at(rows, "1")).isCloseTo(1e300, within(1e298));
    assertThat(
            Merging.compute("relative_quantile(l, 1)", SCHEMA, List.of(row(Long.MAX_VALUE)))
                .longAt(0))
        .isGreaterThan(Long.MAX_VALUE / 100 * 99);
  }

  private static double at(List<Row> rows, String q) {
    return Merging.compute("relative_quantile(d, " + q + ")", SCHEMA, rows).doubleAt(0);
  }

  @Test
  void isNullWithoutValues() {
    Row empty = new Row(SCHEMA.size());

    Row result = Merging.compute("relative_quantile(l, 0.5)", SCHEMA, List.of(empty));

    assertThat(result.isNull(0)).isTrue();
  }

  private static Row row(long value) {
    Row row = new Row(SCHEMA.size());
    row.setLong(0, value);
    row.setDouble(1, value / 4.0);
    return row;
  }
}
