package io.weir.operators.routing.select;

import java.util.random.RandomGenerator;

/**
 * The channel with the fewest queued buffers among some that are drawn by weight; of equal ones the
 * first drawn, so that without any backlog the shares are those of the weights. Two draws do nearly
 * all that can be done (Mitzenmacher, <i>The Power of Two Choices in Randomized Load Balancing</i>,
 * 2001).
 *
 * <p>If all that were drawn have a backlog, the channel that was chosen last is looked at too
 * (Mitzenmacher, Prabhakar and Shah, <i>Load Balancing with Memory</i>, 2002): without it, draws
 * that meet slow receivers alone would fill their queues, and a sender is held up as soon as one is
 * full.
 *
 * <p>Cost: the read of one backlog, and for one record in {@value #RUN} as many random numbers and
 * reads as draws: a choice holds for a run of records, unless its queue grows by a buffer before.
 * The queue that was filled last is in the processor's cache; the others mostly are not.
 *
 * <p>Imbalance: none is promised of counts; of n queues that are served alike the longest exceeds
 * the mean by log log n / log d + O(1) buffers with high probability (Berenbrink et al.,
 * <i>Balanced Allocations: The Heavily Loaded Case</i>, 2006).
 */
public final class LeastBacklogSelector implements Selector {

  /** A queue with no more than the buffer that is being filled. */
  private static final int IDLE = 1;

  /** How many records at most follow one choice; a buffer mostly holds far more. */
  static final int RUN = 16;

  private final Selector draw;
  private final Backlog backlog;
  private final int draws;
  private int last;
  // Of the present run: how many records are left, and up to which backlog.
  private int left;
  private int level;

  /**
   * Makes one that knows no channel yet.
   *
   * @param draws at least 1
   */
  public LeastBacklogSelector(int[] weights, int draws, Backlog backlog, RandomGenerator random) {
    if (draws < 1) {
      throw new IllegalArgumentException(draws + " draws; at least 1 is needed");
    }
    draw = new WeightedRandomSelector(weights, random);
    this.backlog = backlog;
    this.draws = draws;
    last = draw.next();
  }

  @Override
  public int next() {
    if (--left < 0 || backlog.queued(last) > level) {
      choose();
    }
    return last;
  }

  private void choose() {
    int best = draw.next();
    int least = backlog.queued(best);
    for (int i = 1; i < draws; i++) {
      int drawn = draw.next();
      int queued = backlog.queued(drawn);
      if (queued < least) {
        best = drawn;
        least = queued;
      }
    }
    if (least <= IDLE || backlog.queued(last) >= least) {
      last = best;
    }
    left = RUN - 1;
    level = Math.max(IDLE, backlog.queued(last));
  }
}
