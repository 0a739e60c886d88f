package io.weir.jobs.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowPredicateTest {

  static final Schema SCHEMA =
      Schema.of(
          new Column("status", ColumnType.LONG),
          new Column("bytes", ColumnType.LONG),
          new Column("ratio", ColumnType.DOUBLE),
          new Column("ok", ColumnType.BOOLEAN),
          new Column("url", ColumnType.STRING),
          new Column("time", ColumnType.TIME),
          new Column("user.age", ColumnType.LONG),
          new Column("referer", ColumnType.STRING),
          new Column("size_hint", ColumnType.LONG));

  private static Row sample() {
    Row row = new Row(SCHEMA.size());
    row.setLong(0, 404);
    row.setLong(1, 1500);
    row.setDouble(2, 0.5);
    row.setBoolean(3, true);
    row.setText(4, "/img/a.png");
    row.setLong(5, 1_431_857_103_250_000L);
    row.setLong(6, 42);
    return row;
  }

  private static boolean test(String condition, Row row) throws InvalidExpressionException {
    return RowPredicate.of(condition, SCHEMA).test(row);
  }

  @Test
  void keepsThePromisesOfTheDocumentation() throws IOException, InvalidExpressionException {
    Pattern example = Pattern.compile("\\| `(.+)` \\| (yes|no) \\|");
    SoftAssertions softly = new SoftAssertions();
    int examples = 0;
    for (String line : Files.readAllLines(Path.of("../docs/expressions.md"))) {
      Matcher matcher = example.matcher(line);
      if (matcher.matches()) {
        examples++;
        String condition = matcher.group(1).replace("\\|", "|");
        softly
            .assertThat(test(condition, sample()))
            .as("%s", condition)
            .isEqualTo(matcher.group(2).equals("yes"));
      }
    }

    softly.assertThat(examples).isEqualTo(40);
    softly.assertAll();
  }

  @Test
  void treatsANullAmongTruthsAsUnknownWhereverItComesFrom() throws InvalidExpressionException {
    Row row = sample();
    row.setNull(3);

    for (String unknown : List.of("ok", "(status > 0 ? ok : ok)", "(bytes + 0 > 1 && ok)")) {
      assertThat(test(unknown, row)).isFalse();
      assertThat(test("!" + unknown, row)).isFalse();
      assertThat(test("!(" + unknown + " && true)", row)).isFalse();
      assertThat(test("!(" + unknown + " && false)", row)).isTrue();
      assertThat(test(unknown + " || true", row)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "foo == 1 | column 1: undeclared reference to 'foo'",
        "status < 5 && nope.x | column 15: undeclared reference to 'nope'",
        "status < 'a' | column 8: found no matching overload for '<' applied to '(int, string)'",
        "ok == 1 | column 4: found no matching overload for '==' applied to '(bool, int)'",
        "ok && status | column 4: found no matching overload for '&&' applied to '(bool, int)'",
        "status + 1 | column 8: expected type 'bool' but found 'int'",
        "url | column 1: expected type 'bool' but found 'string'",
        "time | column 1: expected type 'bool' but found 'timestamp'",
        "status + ratio > 3.0 | column 8: found no matching overload for '+' applied to '(int, double)'",
        "!status | column 1: found no matching overload for '!' applied to '(int)'",
        "has(user.age) | column 4: expression does not select a field",
        "url.lower() == '' | column 10: undeclared reference to 'lower'",
        "status < | column 9: mismatched input '<EOF>' expecting",
        "status = 5 | column 8: token recognition error at: '= '",
        "`` | column 1: mismatched input '<EOF>' expecting",
      })
  void saysWhereAConditionIsWrong(String condition, String problem) {
    assertThatThrownBy(() -> RowPredicate.of(condition, SCHEMA))
        .isInstanceOf(InvalidExpressionException.class)
        .hasMessageStartingWith(problem)
        .hasMessageEndingWith(
            "; the columns are status (int), bytes (int), ratio (double), ok (bool), url (string),"
                + " time (timestamp), user.age (int), referer (string), size_hint (int)");
  }

  @Test
  void countsLinesInLongConditions() {
    assertThatThrownBy(() -> RowPredicate.of("status < 5 &&\n  foo", SCHEMA))
        .hasMessageStartingWith("line 2, column 3: undeclared reference to 'foo'");
  }

  @Test
  void readsSettings() {
    Problems problems = new Problems();
    Section job =
        new SettingsFile(problems, name -> null)
            .read(null, List.of("good=status < 500", "bad=status < foo"));

    assertThat(RowPredicate.read(job, "good", SCHEMA)).hasToString("Optional[status < 500]");
    assertThat(RowPredicate.read(job, "none", SCHEMA)).isEmpty();
    assertThat(problems.isEmpty()).isTrue();
    assertThat(RowPredicate.read(job, "bad", SCHEMA)).isEmpty();
    assertThatThrownBy(problems::throwIfAny)
        .hasMessageContaining("bad: column 10: undeclared reference to 'foo'; the columns are");
  }

  @Test
  void knowsItsColumns() throws InvalidExpressionException {
    RowPredicate predicate =
        RowPredicate.of("user.age > 5 && url.startsWith('a') || [1].exists(x, x == bytes)", SCHEMA);

    assertThat(predicate.columns()).containsExactlyInAnyOrder("user.age", "url", "bytes");
    assertThat(RowPredicate.of("1 < 2", SCHEMA).columns()).isEmpty();
  }

  @Test
  void movesToRowsWithOtherColumns() throws InvalidExpressionException {
    RowPredicate predicate = RowPredicate.of("status == 404 && string(bytes) == '7'", SCHEMA);
    Schema projected =
        Schema.of(new Column("bytes", ColumnType.LONG), new Column("status", ColumnType.LONG));
    Row row = new Row(2);
    row.setLong(0, 7);
    row.setLong(1, 404);

    assertThat(predicate.on(projected).test(row)).isTrue();
    assertThat(predicate.test(sample())).isFalse();
    assertThatThrownBy(() -> predicate.on(Schema.of(new Column("bytes", ColumnType.LONG))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void travelsBySerialization() throws Exception {
    RowPredicate predicate = RowPredicate.of("status == 404 && string(bytes) == '1500'", SCHEMA);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(predicate);

    Object copy = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(copy).isEqualTo(predicate);
    assertThat(((RowPredicate) copy).test(sample())).isTrue();
    assertThat(((RowPredicate) copy).columns()).containsExactlyInAnyOrder("status", "bytes");
  }

  @Test
  void takesColumnsWhoseNamesMeanSomethingElse() throws InvalidExpressionException {
    List<Column> columns = new ArrayList<>();
    for (String name :
        List.of("type", "size", "timestamp", "a", "a.b", "in", "user-agent", "a b", ".x", "")) {
      if (!name.isEmpty()) {
        columns.add(new Column(name, ColumnType.LONG));
      }
    }
    Schema schema = new Schema(columns);
    Row row = new Row(schema.size());
    for (int i = 0; i < schema.size(); i++) {
      row.setLong(i, i);
    }

    assertThat(RowPredicate.of("type == 0 && size == 1 && timestamp == 2", schema).test(row))
        .isTrue();
    assertThat(RowPredicate.of("a == 3 && a.b == 4", schema).test(row)).isTrue();
    assertThat(RowPredicate.of("a + 0 == 3 && a.b + 0 == 4 && type + 0 == 0", schema).test(row))
        .isTrue();
  }
}
