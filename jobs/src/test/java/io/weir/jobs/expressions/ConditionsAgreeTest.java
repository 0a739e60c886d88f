package io.weir.jobs.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Our own nodes mean what CEL's interpreter means, whatever the rows. {@code -Dseed=} replays a
 * run.
 */
class ConditionsAgreeTest {

  private static final long SEED = Long.getLong("seed", 20_260_102);
  private static final Schema SCHEMA = RowPredicateTest.SCHEMA;
  private static final int CONDITIONS = 600;
  private static final int ROWS = 40;
  private static final String[] COMPARISONS = {"<", "<=", ">", ">=", "==", "!="};
  private static final long[] LONGS = {
    -1, 0, 1, 5, 200, 404, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1, -(1L << 53) - 1
  };
  // No NaN: decoders refuse it, and the interpreter orders it in ways of its own (0 <= NaN).
  private static final double[] DOUBLES = {
    0, -0.0, 0.5, 5, 200.5, -1e300, 9007199254740992.0, Double.POSITIVE_INFINITY
  };
  private static final String[] TEXTS = {"", "a", "/img/a.png", "ä", "\uD83D\uDE00", "\uFFFD"};

  private final Random random = new Random(SEED);

  @Test
  void ownNodesAgreeWithTheInterpreter() throws InvalidExpressionException {
    int fulfilled = 0;
    int interpreted = 0;
    for (int i = 0; i < CONDITIONS; i++) {
      String condition = condition(3);
      RowPredicate ours = RowPredicate.of(condition, SCHEMA);
      Program cel = Language.program(Language.check(condition, SCHEMA));
      for (int j = 0; j < ROWS; j++) {
        Row row = row();
        boolean expected = interpret(cel, row);

        if (ours.test(row) != expected) {
          throw new AssertionError(
              "seed " + SEED + ": " + condition + " of " + row + " is " + expected);
        }
        fulfilled += expected ? 1 : 0;
        interpreted++;
      }
    }

    assertThat((double) fulfilled / interpreted).isBetween(0.2, 0.8);
  }

  private static boolean interpret(Program cel, Row row) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < SCHEMA.size(); i++) {
      values.put(SCHEMA.column(i).name(), row.isNull(i) ? NullValue.NULL_VALUE : value(row, i));
    }
    try {
      return Boolean.TRUE.equals(cel.eval(values));
    } catch (CelEvaluationException e) {
      return false;
    }
  }

  private static Object value(Row row, int column) {
    return switch (SCHEMA.type(column)) {
      case LONG -> row.longAt(column);
      case DOUBLE ->
          row.doubleAt(column) == 0 ? 0.0 : row.doubleAt(column); // As IEEE 754 orders it.
      case BOOLEAN -> row.booleanAt(column);
      case TIME -> Instant.EPOCH.plus(row.longAt(column), ChronoUnit.MICROS);
      case STRING, JSON -> row.textAt(column);
    };
  }

  private Row row() {
    Row row = new Row(SCHEMA.size());
    for (int i = 0; i < SCHEMA.size(); i++) {
      if (random.nextInt(4) > 0) {
        fill(row, i);
      }
    }
    return row;
  }

  private void fill(Row row, int column) {
    switch (SCHEMA.type(column)) {
      case LONG -> row.setLong(column, anyLong());
      case DOUBLE -> row.setDouble(column, DOUBLES[random.nextInt(DOUBLES.length)]);
      case BOOLEAN -> row.setBoolean(column, random.nextBoolean());
      case TIME -> row.setLong(column, 1_431_857_103_000_000L + random.nextInt(5) - 2);
      case STRING, JSON -> row.setText(column, anyText());
    }
  }

  private String condition(int depth) {
    return switch (depth == 0 ? 4 : random.nextInt(6)) {
      case 0 -> "(" + condition(depth - 1) + " && " + condition(depth - 1) + ")";
      case 1 -> "(" + condition(depth - 1) + " || " + condition(depth - 1) + ")";
      case 2 -> "!(" + condition(depth - 1) + ")";
      case 3 -> "(" + condition(0) + " ? " + condition(0) + " : " + condition(0) + ")";
      default -> leaf();
    };
  }

  private String leaf() {
    return switch (random.nextInt(16)) {
      case 0, 1 -> compared(longColumn(), longLiteral());
      case 2 -> compared(longColumn(), doubleLiteral());
      case 3 -> compared("ratio", doubleLiteral());
      case 4 -> compared("ratio", longLiteral());
      case 5 -> compared("ratio", longColumn());
      case 6 -> compared(longColumn(), longColumn() + " + " + random.nextInt(3));
      case 7 -> compared("url", textLiteral());
      case 8 ->
          "referer." + oneOf("startsWith", "endsWith", "contains") + "(" + textLiteral() + ")";
      case 9 -> oneOf("url", "status", "ratio", "ok", "time") + oneOf(" == null", " != null");
      case 10 -> longColumn() + " in " + list(this::longLiteral);
      case 11 -> "url in " + list(this::textLiteral);
      case 12 -> compared("time", "timestamp('2015-05-17T10:05:03" + oneOf("", ".000001") + "Z')");
      case 13 -> "ok";
      case 14 -> compared("size(url)", longLiteral());
      default -> compared("null", oneOf("url", "size_hint")).replaceAll("<=?|>=?", "==");
    };
  }

  private String compared(String left, String right) {
    String comparison = " " + oneOf(COMPARISONS) + " ";
    return random.nextBoolean() ? left + comparison + right : right + comparison + left;
  }

  private String list(java.util.function.Supplier<String> element) {
    List<String> elements = new ArrayList<>();
    for (int left = random.nextInt(3) + 1; left > 0; left--) {
      elements.add(element.get());
    }
    return elements.toString();
  }

  private String longColumn() {
    return oneOf("status", "bytes", "user.age", "size_hint");
  }

  private long anyLong() {
    return LONGS[random.nextInt(LONGS.length)];
  }

  private String longLiteral() {
    return Long.toString(anyLong());
  }

  private String doubleLiteral() {
    double literal = DOUBLES[random.nextInt(DOUBLES.length)];
    return Double.isFinite(literal) ? Double.toString(literal + 0.0) : "0.25";
  }

  private String anyText() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private String textLiteral() {
    return "'" + anyText() + "'";
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
