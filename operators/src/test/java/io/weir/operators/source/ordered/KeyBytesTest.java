package io.weir.operators.source.ordered;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class KeyBytesTest {

  private final KeyBytes key = new KeyBytes();

  @Test
  void ordersNumbersAsTheyAre() {
    assertAscending(
        List.of(Long.MIN_VALUE, -256L, -1L, 0L, 1L, 255L, 256L, Long.MAX_VALUE), KeyBytes::addLong);
    assertAscending(
        List.of(
            Double.NEGATIVE_INFINITY,
            -1e300,
            -1.5,
            -Double.MIN_VALUE,
            -0.0,
            0.0,
            1e-9,
            1.5,
            2.0,
            Double.POSITIVE_INFINITY,
            Double.NaN),
        KeyBytes::addDouble);
  }

  @Test
  void ordersTextsByCodePointsAndPrefixesFirst() {
    assertAscending(
        List.of(
            "", "\0", "\0\0", "\0a", "a", "a\0", "a\0b", "aa", "b", "é", "\uffee", "\ud83d\ude00"),
        KeyBytes::addText);
  }

  @Test
  void ordersByTheFirstFieldThatDiffersAndNullsBehindValues() {
    List<byte[]> keys =
        List.of(
            key.addText("a").addLong(9).take(),
            key.addText("a").addNull().take(),
            key.addText("a\0").addLong(1).take(),
            key.addText("ab").addLong(1).take(),
            key.addNull().addLong(1).take());

    for (int i = 1; i < keys.size(); i++) {
      assertThat(Arrays.compareUnsigned(keys.get(i - 1), keys.get(i))).isNegative();
    }
  }

  private <V> void assertAscending(List<V> values, BiConsumer<KeyBytes, V> add) {
    for (int i = 1; i < values.size(); i++) {
      // A field behind it must not matter.
      add.accept(key, values.get(i - 1));
      byte[] smaller = key.addText("z").take();
      add.accept(key, values.get(i));
      byte[] larger = key.addText("a").take();
      assertThat(Arrays.compareUnsigned(smaller, larger))
          .as("before " + values.get(i))
          .isNegative();
    }
  }
}
