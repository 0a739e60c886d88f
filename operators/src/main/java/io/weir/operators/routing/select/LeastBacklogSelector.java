package io.weir.operators.routing.select;

import java.util.Arrays;
import java.util.SplittableRandom;

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
 * <p>Cost: a decrement, and for one record in {@value #RUN} as many random numbers and reads of
 * backlogs as draws, and two more reads: a choice holds for a run of records. Where a queue grew by
 * a buffer during a run the next run is one record long, and runs double while queues do not grow,
 * so that records of the size of a buffer are chosen for one by one.
 *
 * <p>Imbalance: none is promised of counts; of n queues that are served alike the longest exceeds
 * the mean by log log n / log d + O(1) buffers with high probability (Berenbrink et al.,
 * <i>Balanced Allocations: The Heavily Loaded Case</i>, 2006).
 */
public final class LeastBacklogSelector extends Selector {

  /** A queue with no more than the buffer that is being filled. */
  private static final int IDLE = 1;

  /** How many records at most follow one choice; a buffer mostly holds far more. */
  static final int RUN = 32;

  private final Selector draw;
  private final Backlog backlog;
  private final int draws;
  private int last;
  // Of the present run: its length, how many records are left, and the backlog at its beginning.
  private int run = 1;
  private int left;
  private int level = Integer.MAX_VALUE;

  /**
   * Makes one that knows no channel yet.
   *
   * @param draws at least 1
   */
  public LeastBacklogSelector(int[] weights, int draws, Backlog backlog, SplittableRandom random) {
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
    if (--left < 0) {
      choose();
    }
    return last;
  }

  @Override
  public int choose(char[] turns) {
    choose();
    int records = Math.min(run, turns.length);
    Arrays.fill(turns, 0, records, (char) last);
    left = 0;
    return records;
  }

  private void choose() {
    int grown = backlog.queued(last);
    run = grown > level ? 1 : Math.min(RUN, 2 * run);
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
    if (least <= IDLE || grown >= least) {
      last = best;
      level = Math.max(IDLE, least);
    } else {
      level = Math.max(IDLE, grown);
    }
    left = run - 1;
  }
}
