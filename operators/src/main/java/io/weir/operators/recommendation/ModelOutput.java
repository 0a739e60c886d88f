package io.weir.operators.recommendation;

import io.weir.operators.recommendation.quality.Quality;
import java.io.Serializable;

/**
 * What a job wants of the model.
 *
 * @param shards of the items, for ever; no more subtasks than this have work
 * @param prequential whether each action judges the list that its user would have got before it
 * @param served how long lists are; 0: nothing is recommended
 * @param neighbours how many neighbours of an item are told; 0: none
 * @param dump whether the whole model is told when the input ends
 */
public record ModelOutput(int shards, boolean prequential, int served, int neighbours, boolean dump)
    implements Serializable {

  /** How many neighbours of each item a dump has. */
  public static final int DUMPED_NEIGHBOURS = 20;

  /** How long lists are that are judged. */
  int judged() {
    return Math.max(served, Quality.FIRST);
  }
}
