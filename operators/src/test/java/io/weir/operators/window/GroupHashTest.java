package io.weir.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.window.Clicks.Click;
import java.time.Duration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class GroupHashTest {

  private static final GroupHash HASH =
      new GroupHash(
          Clicks.plan(Windowing.tumbling(Duration.ofMinutes(1)), PreAggregation.DEFAULT),
          Clicks.SCHEMA);

  @Test
  void isThatOfTheGroupWhateverElseIsInTheRow() {
    int hash = HASH.of(new Click(0, "a", 1).row());

    assertThat(HASH.of(new Click(5, "a", 2).row())).isEqualTo(hash);
    assertThat(HASH.of(new Click(0, "b", 1).row())).isNotEqualTo(hash);
    assertThat(HASH.of(new Click(0, null, 1).row())).isNotEqualTo(hash);
  }

  @Test
  void isTheSameInACopy() throws Exception {
    GroupHash copy = InstantiationUtil.clone(HASH);

    assertThat(copy.of(new Click(0, "a", 1).row())).isEqualTo(HASH.of(new Click(0, "a", 1).row()));
  }
}
