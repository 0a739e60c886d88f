package io.weir.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AggregateExpressionTest {

  private static final Schema INPUT =
      Schema.of(
          new Column("url", ColumnType.STRING),
          new Column("bytes", ColumnType.LONG),
          new Column("time", ColumnType.TIME),
          new Column("body", ColumnType.JSON));

  @Test
  void readsNamesAndArguments() {
    assertThat(AggregateExpression.parse(" count "))
        .isEqualTo(new AggregateExpression("count", List.of()));
    assertThat(AggregateExpression.parse("quantile( bytes ,0.95 )"))
        .isEqualTo(new AggregateExpression("quantile", List.of("bytes", "0.95")));
    assertThat(AggregateExpression.parse("quantile(bytes, 0.95)"))
        .hasToString("quantile(bytes, 0.95)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "(a)",
        "sum(a",
        "sum a)",
        "sum(a))",
        "sum((a)",
        "sum(a) b",
        "sum(,a)",
        "sum()"
      })
  void refusesWhatIsNoCallAndShowsHowItIsWritten(String text) {
    assertThatThrownBy(() -> AggregateExpression.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"")
        .hasMessageContaining("quantile(bytes, 0.95)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "median(bytes)|there is no aggregate \"median\"; there are count, sum, avg, min, max, "
            + "count_distinct, approx_count_distinct, quantile, approx_quantile, relative_quantile, top, approx_top",
        "sum|sum: it is written sum(column)",
        "count(url, bytes)|count(url, bytes): it is written count or count(column)",
        "quantile(bytes)|quantile(bytes): it is written quantile(column, q)",
        "sum(byts)|sum(byts): there is no column byts; there are [url, bytes, time, body]",
        "sum(url)|sum(url): url is STRING; sum takes LONG, DOUBLE",
        "min(body)|min(body): body is JSON; min takes STRING, LONG, DOUBLE, BOOLEAN, TIME",
        "top(time, 3)|top(time, 3): time is TIME; top takes STRING, LONG, DOUBLE, BOOLEAN",
        "quantile(bytes, 0)|quantile(bytes, 0): q is 0; it lies above 0 and up to 1, with up to 9 decimals",
        "quantile(bytes, 1.01)|quantile(bytes, 1.01): q is 1.01; it lies above 0 and up to 1, with up to 9 decimals",
        "quantile(bytes, p95)|quantile(bytes, p95): \"p95\" stands where q, a number above 0 and up to 1, belongs",
        "top(url, 0)|top(url, 0): n is 0; it is a whole number from 1 to 1000",
        "top(url, 2.5)|top(url, 2.5): n is 2.5; it is a whole number from 1 to 1000",
        "approx_top(url, 1001)|approx_top(url, 1001): n is 1001; it is a whole number from 1 to 1000",
      })
  void saysWhatIsWrongWithAnAggregate(String text, String message) {
    assertThatThrownBy(() -> Aggregations.create(AggregateExpression.parse(text), INPUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "count|count|LONG",
        "count(url)|count(STRING)|LONG",
        "avg(bytes)|avg(LONG)|DOUBLE",
        "max(time)|max(TIME)|TIME",
        "quantile(bytes, 0.950)|quantile(LONG, 0.95)|LONG",
        "quantile(bytes, 1)|quantile(LONG, 1)|LONG",
        "top(url, 10)|top(STRING, 10)|JSON",
      })
  void namesWhatItMadeSoThatItCanBeMadeAgain(String text, String signature, ColumnType result) {
    Aggregation made = Aggregations.create(AggregateExpression.parse(text), INPUT);

    assertThat(made.signature()).isEqualTo(signature);
    assertThat(made.resultType()).isEqualTo(result);
    assertThat(Aggregations.ofSignature(signature).signature()).isEqualTo(signature);
    assertThat(Aggregations.ofSignature(signature).resultType()).isEqualTo(result);
  }
}
