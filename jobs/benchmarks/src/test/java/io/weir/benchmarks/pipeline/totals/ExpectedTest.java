package io.weir.benchmarks.pipeline.totals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExpectedTest {

  private static final long WINDOW = 10_000;
  private static final ResultRow FIRST_A = new ResultRow(0, "/a", new Sums(2, 30, 10, 20), 15);
  private static final ResultRow FIRST_B = new ResultRow(0, "/b", new Sums(1, 5, 5, 5), 5);
  private static final ResultRow SECOND_A =
      new ResultRow(WINDOW, "/a", new Sums(3, 10, 3, 4), 10 / 3.0);

  private final Expected expected = new Expected(WINDOW);
  private final Received received = new Received();

  @BeforeEach
  void sumUpEvents() {
    expected.add(new Event(1, "/a", 10));
    expected.add(new Event(9_999, "/a", 20));
    expected.add(new Event(5_000, "/b", 5));
    expected.add(new Event(10_000, "/a", 3));
    expected.add(new Event(10_001, "/a", 3));
    expected.add(new Event(10_002, "/a", 4));
  }

  private void receive(ResultRow... rows) {
    for (ResultRow row : rows) {
      received.add(row, 0);
    }
  }

  @Test
  void acceptsTheSameAggregates() {
    receive(FIRST_A, FIRST_B, SECOND_A);

    assertThatCode(() -> expected.check(received, 2 * WINDOW)).doesNotThrowAnyException();
  }

  @Test
  void countsTheRowsOfWindowsThatAreOver() {
    assertThat(expected.rowsUntil(WINDOW - 1)).isZero();
    assertThat(expected.rowsUntil(WINDOW)).isEqualTo(2);
    assertThat(expected.rowsUntil(2 * WINDOW)).isEqualTo(3);
  }

  @Test
  void needsNoRowsOfWindowsThatAreOpen() {
    receive(FIRST_A, FIRST_B);

    assertThatCode(() -> expected.check(received, 2 * WINDOW - 1)).doesNotThrowAnyException();
  }

  @Test
  void refusesWrongRowsOfWindowsThatAreOpen() {
    receive(FIRST_A, FIRST_B, new ResultRow(WINDOW, "/a", new Sums(1, 3, 3, 3), 3));

    assertDifferent(WINDOW, "should be");
  }

  @Test
  void refusesAMissingRow() {
    receive(FIRST_A, SECOND_A);

    assertDifferent(2 * WINDOW, "2 rows instead of 3");
  }

  @Test
  void refusesARowThatComesTwice() {
    receive(FIRST_A, FIRST_B, SECOND_A, FIRST_B);

    assertDifferent(2 * WINDOW, "1 rows came twice");
  }

  @Test
  void refusesARowThatNoEventHasMade() {
    receive(FIRST_A, FIRST_B, SECOND_A, new ResultRow(0, "/c", new Sums(1, 1, 1, 1), 1));

    assertDifferent(2 * WINDOW, "/c");
  }

  @Test
  void refusesEachAggregateThatIsOffByOne() {
    for (Sums wrong :
        new Sums[] {
          new Sums(3, 30, 10, 20),
          new Sums(2, 31, 10, 20),
          new Sums(2, 30, 9, 20),
          new Sums(2, 30, 10, 21)
        }) {
      Received each = new Received();
      each.add(new ResultRow(0, "/a", wrong, 15), 0);

      assertThatThrownBy(() -> expected.check(each, 0))
          .as("%s", wrong)
          .isInstanceOf(DifferentWorkException.class);
    }
  }

  @Test
  void refusesAnAverageThatIsMoreThanRoundedOff() {
    receive(new ResultRow(WINDOW, "/a", new Sums(3, 10, 3, 4), 3.3333));

    assertDifferent(0, "3.3333");
  }

  private void assertDifferent(long end, String message) {
    assertThatThrownBy(() -> expected.check(received, end))
        .isInstanceOf(DifferentWorkException.class)
        .hasMessageContaining(message);
  }
}
