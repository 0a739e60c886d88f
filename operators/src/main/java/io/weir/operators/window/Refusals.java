package io.weir.operators.window;

import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

/**
 * Numbers the dead letters of the current key, no two alike, without remembering each key for ever.
 *
 * <p>INVARIANT: the numbers of a key grow, and each is above the watermark of its moment. One is
 * forgotten when the watermark reaches it: the next is above that watermark, and so above it.
 */
final class Refusals {

  /** So that numbers do not overflow behind the watermark that ends a stream. */
  private static final long HIGHEST_START = Long.MAX_VALUE / 2;

  private final ValueState<Long> last;
  private final InternalTimerService<VoidNamespace> timers;

  /**
   * Works on the state of the current key.
   *
   * @param last the last number
   * @param timers fire into a {@link Forgetting} of that state
   */
  Refusals(ValueState<Long> last, InternalTimerService<VoidNamespace> timers) {
    this.last = last;
    this.timers = timers;
  }

  /**
   * The next number.
   *
   * @param closed the highest watermark so far, also before a restore
   */
  long next(long closed) throws IOException {
    long start = Math.min(closed, HIGHEST_START);
    Long before = last.value();
    if (before != null) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, before);
      start = Math.max(start, before);
    }
    last.update(start + 1);
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, start + 1);
    return start + 1;
  }

  /** Forgets the number that the watermark has reached. */
  record Forgetting(ValueState<Long> last) implements Triggerable<GroupKey, VoidNamespace> {

    @Override
    public void onEventTime(InternalTimer<GroupKey, VoidNamespace> timer) {
      last.clear();
    }

    @Override
    public void onProcessingTime(InternalTimer<GroupKey, VoidNamespace> timer) {
      throw new IllegalStateException("refusals know event time only: " + timer);
    }
  }
}
