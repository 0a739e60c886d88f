package io.weir.operators.recommendation.shard;

import io.weir.operators.recommendation.model.Column;
import io.weir.operators.recommendation.model.Items;
import io.weir.operators.recommendation.rules.Ageing;
import io.weir.operators.recommendation.rules.Learning;
import io.weir.operators.recommendation.rules.Scoring;
import org.jspecify.annotations.Nullable;

/**
 * One shard of the model: learns steps, and scores its own items.
 *
 * @param number of the shard
 * @param shards deals items to shards
 */
public record Shard(int number, Shards shards, Items items, Columns columns) {

  boolean owns(long item) {
    return shards.of(item) == number;
  }

  /** Learns a step. Every shard learns every step, of which the most part is another's. */
  public void learn(Step step, Learning learning, Scoring scoring) {
    items.see(step.timeMillis(), step.gain(), scoring.popularityWindow());
    if (owns(step.item())) {
      int index = items.obtain(step.item());
      items.act(index, step.gain(), scoring.popularityWindow(), learning.ageing());
      learnPairsOf(index, step, learning.ageing());
    }
    learnColumn(step, learning.ageing());
    learnSequence(step, learning);
  }

  /** Adds the item to the columns of the user's other items. */
  private void learnPairsOf(int index, Step step, Ageing ageing) {
    for (int i = 0; i < step.past().length; i++) {
      if (step.growth()[i] > 0) {
        add(Kind.SIMILARITY, step.past()[i], index, step.growth()[i], ageing);
      }
    }
  }

  private void add(Kind kind, long item, int index, double amount, Ageing ageing) {
    Column column = obtain(kind, item);
    column.add(index, amount, ageing, items.now());
    columns.put(kind, item, column);
  }

  private Column obtain(Kind kind, long item) {
    Column known = columns.get(kind, item);
    return known == null ? new Column() : known;
  }

  /** Adds the user's other items, as far as they are the shard's, to the item's column. */
  private void learnColumn(Step step, Ageing ageing) {
    if (step.gain() == 0) {
      return;
    }
    Column column = obtain(Kind.SIMILARITY, step.item());
    column.addTotal(step.gain(), ageing, items.now());
    for (int i = 0; i < step.past().length; i++) {
      if (step.growth()[i] > 0 && owns(step.past()[i])) {
        column.add(items.obtain(step.past()[i]), step.growth()[i], ageing, items.now());
      }
    }
    columns.put(Kind.SIMILARITY, step.item(), column);
  }

  private void learnSequence(Step step, Learning learning) {
    int steps = Math.min(learning.sequenceSteps(), step.recent().length);
    if (steps == 0) {
      return;
    }
    Ageing ageing = learning.ageing();
    Column column = obtain(Kind.SEQUENCE, step.item());
    int own = owns(step.item()) ? items.obtain(step.item()) : -1;
    for (int d = 1; d <= steps; d++) {
      long before = step.recent()[d - 1];
      if (before != step.item()) {
        double nearness = 1.0 / d;
        double backward = nearness * learning.backward();
        column.addTotal(backward, ageing, items.now());
        Column other = obtain(Kind.SEQUENCE, before);
        other.addTotal(nearness, ageing, items.now());
        if (own >= 0) {
          other.add(own, nearness, ageing, items.now());
          items.follow(own, nearness, ageing);
        }
        columns.put(Kind.SEQUENCE, before, other);
        if (owns(before)) {
          int index = items.obtain(before);
          column.add(index, backward, ageing, items.now());
          items.follow(index, backward, ageing);
        }
      }
    }
    columns.put(Kind.SEQUENCE, step.item(), column);
  }

  @Nullable Column column(Kind kind, long item) {
    return columns.get(kind, item);
  }
}
