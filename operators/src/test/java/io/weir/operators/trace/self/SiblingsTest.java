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

  /** The clock's last digits are gone: all children that end in a millisecond end together. */
  @Test
  void quickChildrenOneBehindTheOtherAreNotTakenForOne() {
    List<EndedSpan> spans = new ArrayList<>(List.of(PARENT));
    for (int i = 0; i < 900; i++) {
      long endMicros = 100_000 + 100L * (i + 1);
      spans.add(new EndedSpan(2 + i, 1, "b", endMicros / 1_000, 100, false));
    }

    assertThat(new Siblings(spans).selfMicrosOf(PARENT)).isBetween(9_000L, 11_000L);
  }

  /** No clock says which came first; the answer must not depend on which was heard of first. */
  @Test
  void theOrderInWhichChildrenComeIsOfNoImportance() {
    EndedSpan quick = new EndedSpan(2, 1, "b", 151, 999, false);
    EndedSpan slow = new EndedSpan(3, 1, "b", 170, 19_999, false);

    List<EndedSpan> oneWay = List.of(PARENT, quick, slow);
    List<EndedSpan> theOther = List.of(slow, quick, PARENT);

    assertThat(new Siblings(oneWay).selfMicrosOf(PARENT))
        .isEqualTo(new Siblings(theOther).selfMicrosOf(PARENT));
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
