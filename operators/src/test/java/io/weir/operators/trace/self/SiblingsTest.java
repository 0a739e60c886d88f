package io.weir.operators.trace.self;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A parent that goes on from 100 to 200 ms. */
class SiblingsTest {

  private static final EndedSpan PARENT = span(1, 1, 100, 200);

  private static EndedSpan span(long id, long parent, long startMillis, long endMillis) {
    return new EndedSpan(id, parent, "a", endMillis, 1_000 * (endMillis - startMillis), false);
  }

  private static EndedSpan child(long startMillis, long endMillis) {
    return span(startMillis * 1_000_000 + endMillis, 1, startMillis, endMillis);
  }

  private static long selfMillis(EndedSpan... children) {
    List<EndedSpan> spans = new ArrayList<>(Arrays.asList(children));
    spans.add(0, PARENT);
    return new Siblings(spans).selfMicrosOf(PARENT) / 1_000;
  }

  @Test
  void aSpanWithoutChildrenTakesAllOfItsTime() {
    assertThat(selfMillis()).isEqualTo(100);
    assertThat(selfMillis(span(7, 8, 120, 150))).as("another's child").isEqualTo(100);
  }

  @Test
  void whatChildrenTakeIsNotItsOwn() {
    assertThat(selfMillis(child(160, 190), child(110, 150))).isEqualTo(30);
    assertThat(selfMillis(child(100, 200))).isZero();
  }

  @Test
  void childrenAtTheSameTimeCountOnce() {
    assertThat(selfMillis(child(110, 150), child(120, 140), child(130, 170))).isEqualTo(40);
  }

  @Test
  void whatAChildTakesBeforeOrBehindItsParentDoesNotCount() {
    assertThat(selfMillis(child(50, 110), child(190, 5_000))).isEqualTo(80);
    assertThat(selfMillis(child(20, 90), child(210, 300))).isEqualTo(100);
    assertThat(selfMillis(child(50, 500))).isZero();
  }

  @Test
  void aChildThatGoesOnForLongWasNotWaitedFor() {
    long last = 200 + Siblings.MOST_LATE_MILLIS;

    assertThat(selfMillis(child(150, last))).isEqualTo(50);
    assertThat(selfMillis(child(150, last + 1))).isEqualTo(100);
  }
}
