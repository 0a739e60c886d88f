package io.weir.consensus.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.server.lifecycle.Halt;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressWatchTest {

  private final AtomicLong committed = new AtomicLong(10);
  private final AtomicLong applied = new AtomicLong(10);
  private final AtomicLong nanos = new AtomicLong();
  private final Halt halt = new Halt((reason, cause) -> {});
  private final ProgressWatch watch =
      new ProgressWatch(committed::get, applied::get, nanos::get, Duration.ofSeconds(30), halt);

  @Test
  void haltsANodeThatStandsStillBehindTheLog() {
    watch.check();
    committed.set(11);
    pass(Duration.ofSeconds(30));
    assertThat(halt.isHalted()).isFalse();

    pass(Duration.ofSeconds(1));

    assertThat(halt.isHalted()).isTrue();
  }

  @Test
  void leavesAnIdleOrASlowNodeAlone() {
    pass(Duration.ofHours(1));
    committed.set(100);
    while (applied.incrementAndGet() < 100) {
      pass(Duration.ofSeconds(29));
    }

    assertThat(halt.isHalted()).isFalse();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    watch.check();
  }
}
