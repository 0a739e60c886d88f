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
 * <p>Cost: for one record in {@value #RUN} an increment, half as many random numbers as draws, as
 * many reads of backlogs, and two more reads: a choice holds for a run of records. Where a queue
 * grew by a buffer during a run the next run is one record long, and runs double while queues do
 * not grow, so that records of the size of a buffer are chosen for one by one.
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

  private static final int DRAWN = 64;

  private final WeightedRandomSelector lots;
  private final Backlog backlog;
  private final int draws;
  private final Tally tally;
  private final char[] drawn = new char[DRAWN];
  private int nextDrawn = DRAWN;
  private int last;
  // Of the present run: its length, and the backlog at its beginning.
  private int run = 1;
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
    lots = new WeightedRandomSelector(weights, random);
    tally = new Tally(weights.length);
    this.backlog = backlog;
    this.draws = draws;
    last = draw();
  }

  @Override
  public int choose(char[] turns) {
    choose();
    int records = Math.min(run, turns.length);
    Arrays.fill(turns, 0, records, (char) last);
    tally.add(last, records);
    return records;
  }

  @Override
  public void takeBack(char[] turns, int from, int until) {
    tally.add(last, from - until);
  }

  @Override
  public void count(long[] counts) {
    tally.addTo(counts);
  }

  private int draw() {
    if (nextDrawn == DRAWN) {
      lots.draw(drawn);
      nextDrawn = 0;
    }
    return drawn[nextDrawn++];
  }

  private void choose() {
    int grown = backlog.queued(last);
    run = grown > level ? 1 : Math.min(RUN, 2 * run);
    int best = draw();
    int least = backlog.queued(best);
    for (int i = 1; i < draws; i++) {
      int other = draw();
      int queued = backlog.queued(other);
      if (queued < least) {
        best = other;
        least = queued;
      }
    }
    if (least <= IDLE || grown >= least) {
      last = best;
      level = Math.max(IDLE, least);
    } else {
      level = Math.max(IDLE, grown);
    }
  }
}
