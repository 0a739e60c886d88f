package io.weir.jobs.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.intake.DeadLetter;
import org.junit.jupiter.api.Test;

class DeadLetterRowsTest {

  private static DeadLetter bounded(String text) {
    return DeadLetterRows.bounded(new DeadLetter("late", text, text, 1, new byte[] {5}));
  }

  @Test
  void leavesAnOriginOfUsualLengthAsItIs() {
    DeadLetter letter = bounded("window of [url=/a]");

    assertThat(letter.origin()).isEqualTo("window of [url=/a]");
    assertThat(letter.detail()).isEqualTo("window of [url=/a]");
    assertThat(letter.bytes()).containsExactly(5);
  }

  @Test
  void cutsTheTextOfAHugeGroupAndStillTellsGroupsApart() {
    String group = "x".repeat(1_000_000);

    DeadLetter one = bounded(group + "1");
    DeadLetter other = bounded(group + "2");

    assertThat(one.origin()).startsWith("xxx").hasSizeLessThan(5_000);
    assertThat(one.detail()).hasSizeLessThan(5_000);
    assertThat(one.origin()).isNotEqualTo(other.origin());
  }
}
