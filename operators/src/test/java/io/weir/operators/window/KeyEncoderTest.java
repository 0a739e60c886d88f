package io.weir.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyEncoderTest {

  private static final Schema SCHEMA =
      Schema.of(
          new Column("a", ColumnType.STRING),
          new Column("b", ColumnType.LONG),
          new Column("c", ColumnType.STRING),
          new Column("d", ColumnType.DOUBLE),
          new Column("e", ColumnType.TIME));

  private final GroupColumns group = new GroupColumns(List.of("c", "b", "a", "d", "e"), SCHEMA);
  private final KeyEncoder encoder = new KeyEncoder(group);
  private final Random random = new Random(7);

  @Test
  void keysAreEqualExactlyWhenTheValuesAreAndGiveThemBack() {
    Map<List<Object>, GroupKey> known = new HashMap<>();
    Map<GroupKey, List<Object>> back = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      Row row = row();
      encoder.encode(row);
      GroupKey key = encoder.toKey();
      List<Object> values = values(row);

      assertThat(new GroupKey(key.bytes())).isEqualTo(key).hasSameHashCodeAs(key);
      assertThat(known.computeIfAbsent(values, v -> key)).isEqualTo(key);
      assertThat(back.computeIfAbsent(key, k -> values)).isEqualTo(values);
      Row decoded = new Row(6);
      group.decode(key, decoded, 1);
      assertThat(decodedValues(decoded)).isEqualTo(values);
    }
    assertThat(known).hasSizeGreaterThan(1000);
  }

  @Test
  void looksValuesUpExactlyAsKeysTellThemApart() {
    GroupValues values = new GroupValues(group);
    Map<GroupKey, GroupValues.Kept> kept = new HashMap<>();
    Map<GroupKey, Integer> hashes = new HashMap<>();
    GroupValues.Kept another = null;
    for (int i = 0; i < 20_000; i++) {
      Row row = row();
      encoder.encode(row);
      GroupKey key = encoder.toKey();

      values.take(row);

      boolean known = kept.containsKey(key);
      assertThat(values.matches(kept.computeIfAbsent(key, k -> values.keep()))).isTrue();
      assertThat(hashes.computeIfAbsent(key, k -> values.hash())).isEqualTo(values.hash());
      assertThat(!known && another != null && values.matches(another)).isFalse();
      another = kept.get(key);
    }
  }

  @Test
  void hashesSpreadAndAreTheSameInEveryJvm() {
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      Row row = new Row(SCHEMA.size());
      row.setText(2, "user-" + i);
      encoder.encode(row);
      hashes.add(encoder.hash());
    }

    assertThat(hashes).hasSizeGreaterThan(9_990);
    // Flink spreads keys over subtasks by the hash: a new value breaks old checkpoints.
    assertThat(new GroupKey("weir and all".getBytes(StandardCharsets.UTF_8)))
        .hasSameHashCodeAs(1301169025);
  }

  @Test
  void describesGroupsInWords() {
    Row row = new Row(SCHEMA.size());
    row.setLong(1, 200);
    row.setDouble(3, -0.0);
    row.setLong(4, 1_500_000);
    encoder.encode(row);

    assertThat(group.describe(encoder.toKey()))
        .isEqualTo("c=null, b=200, a=null, d=0.0, e=1970-01-01T00:00:01.500Z");
  }

  private Row row() {
    String[] texts = {"", "a", "ab", "b", "é", "日本語", "x".repeat(100), "\u0000", "\u0001"};
    double[] doubles = {0.0, -0.0, 1.5, Double.NaN, Double.longBitsToDouble(0x7ff8000000000001L)};
    Row row = new Row(SCHEMA.size());
    if (random.nextBoolean()) {
      row.setText(0, texts[random.nextInt(texts.length)]);
    }
    if (random.nextBoolean()) {
      row.setLong(1, random.nextInt(3) - 1);
    }
    if (random.nextBoolean()) {
      row.setText(2, texts[random.nextInt(texts.length)]);
    }
    if (random.nextBoolean()) {
      row.setDouble(3, doubles[random.nextInt(doubles.length)]);
    }
    if (random.nextBoolean()) {
      row.setLong(4, random.nextInt(2));
    }
    return row;
  }

  private static List<Object> values(Row row) {
    return List.of(
        row.isNull(2) ? "null!" : row.textAt(2),
        row.isNull(1) ? "null!" : row.longAt(1),
        row.isNull(0) ? "null!" : row.textAt(0),
        row.isNull(3) ? "null!" : row.doubleAt(3) + 0.0,
        row.isNull(4) ? "null!" : row.longAt(4));
  }

  private static List<Object> decodedValues(Row row) {
    return List.of(
        row.isNull(1) ? "null!" : row.textAt(1),
        row.isNull(2) ? "null!" : row.longAt(2),
        row.isNull(3) ? "null!" : row.textAt(3),
        row.isNull(4) ? "null!" : row.doubleAt(4),
        row.isNull(5) ? "null!" : row.longAt(5));
  }
}
