package io.weir.operators.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "shop, shop, true",
    "shop, shops, false",
    "shop, sho, false",
    "'*', '', true",
    "shop-*, shop-, true",
    "shop-*, shop-cart, true",
    "'*-cart', shop-cart, true",
    "'*-cart', shop-carts, false",
    "'*a*b*', xxaxxbxx, true",
    "'*a*b*', xxbxxaxx, false",
    "'*ab', aab, true",
    "'a?c', abc, true",
    "'a?c', ac, false",
    "'a.c', abc, false",
    "'', '', true",
    "'', a, false",
  })
  void comparesWholeNames(String pattern, String name, boolean matches) {
    assertThat(new Glob(pattern).matches(name)).isEqualTo(matches);
  }

  @Test
  @Timeout(60)
  void isNotLedAstrayByManyStars() {
    Glob glob = new Glob("*a".repeat(100) + "b");

    boolean matches = glob.matches("a".repeat(200));

    assertThat(matches).isFalse();
  }
}
