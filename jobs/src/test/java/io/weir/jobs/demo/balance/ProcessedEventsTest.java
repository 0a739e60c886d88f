package io.weir.jobs.demo.balance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessedEventsTest {

  private final ProcessedEvents processed = new ProcessedEvents();

  @Test
  void knowsTheVersionOfEachRecord() {
    processed.stamped("events-0@0", 1);
    processed.stamped("events-0@1000000", 2);
    processed.stamped("events-1@0", 3);

    assertThat(processed.take("events-0", 0)).isEqualTo(1);
    assertThat(processed.take("events-0", 1_000_000)).isEqualTo(2);
    assertThat(processed.take("events-1", 0)).isEqualTo(3);
    assertThat(processed.take("events-0", 1)).isZero();
    assertThat(processed.take("events-0", 1_000_000_000)).isZero();
    assertThat(processed.take("events-2", 0)).isZero();
    assertThat(processed.repeated()).isZero();
    assertThat(processed.untaken()).isZero();
  }

  @Test
  void countsWhatIsStampedTwiceAndWhatNobodyKnows() {
    processed.stamped("events-0@7", 1);
    processed.stamped("events-0@7", 2);
    processed.stamped("events-0@8", 2);

    long version = processed.take("events-0", 7);

    assertThat(version).isEqualTo(2);
    assertThat(processed.repeated()).isOne();
    assertThat(processed.untaken()).isOne();
  }
}
