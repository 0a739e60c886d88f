package io.weir.operators.recommendation.shard;

import io.weir.operators.recommendation.model.Column;
import io.weir.operators.recommendation.model.History;
import io.weir.operators.recommendation.model.Items;
import io.weir.operators.recommendation.ranking.Ranking;
import io.weir.operators.recommendation.rules.Learning;
import io.weir.operators.recommendation.rules.Scoring;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole model in one thread and in memory: does to a sequence of actions what a job at
 * parallelism 1 does. For tests, and for trying settings on recorded actions.
 */
public final class SequentialModel {

  private final Learning learning;
  private final Scoring scoring;
  private final Shard[] shards;
  private final Map<Long, History> histories = new HashMap<>();
  private final Scorer scorer = new Scorer();
  private long pairUpdates;

  public SequentialModel(int count, Learning learning, Scoring scoring) {
    this.learning = learning;
    this.scoring = scoring;
    shards = new Shard[count];
    for (int i = 0; i < count; i++) {
      shards[i] = new Shard(i, new Shards(count), new Items(), new MemoryColumns());
    }
  }

  /** Columns in a map. */
  private static final class MemoryColumns implements Columns {
    private final Map<Kind, Map<Long, Column>> columns = new EnumMap<>(Kind.class);

    private Map<Long, Column> of(Kind kind) {
      return columns.computeIfAbsent(kind, each -> new HashMap<>());
    }

    @Override
    public @Nullable Column get(Kind kind, long item) {
      return of(kind).get(item);
    }

    @Override
    public void put(Kind kind, long item, Column column) {
      of(kind).put(item, column);
    }

    @Override
    public long[] items(Kind kind) {
      return of(kind).keySet().stream().mapToLong(item -> item).toArray();
    }
  }

  History history(long user) {
    return histories.getOrDefault(user, new History());
  }

  /** The same with another shard in the place of the first one. */
  SequentialModel on(Shard first) {
    shards[0] = first;
    return this;
  }

  Shard[] shards() {
    return shards;
  }

  /** How many counts of pairs have grown. */
  public long pairUpdates() {
    return pairUpdates;
  }

  /** Whether the user did anything. */
  public boolean knows(long user) {
    return histories.containsKey(user);
  }

  /** The items that a user would be shown now. */
  public Ranking best(long user, int most) {
    History history = history(user);
    Ranking.Best best = new Ranking.Best(most);
    for (Shard shard : shards) {
      scorer.score(
          shard,
          scoring,
          history.items(),
          history.latestItems(scoring.recent()),
          history.latestWeights(scoring.recent()),
          best);
    }
    return best.ranking();
  }

  /** Learns an action. */
  public void learn(long user, long item, int weight, long timeMillis) {
    History history = histories.computeIfAbsent(user, each -> new History());
    Step step = Step.of(history, item, weight, timeMillis, learning, scoring);
    for (int growth : step.growth()) {
      pairUpdates += growth > 0 ? 1 : 0;
    }
    for (Shard shard : shards) {
      shard.learn(step, learning, scoring);
      if (Sweep.isDue(shard, learning)) {
        new Sweep(shard).prune(learning);
      }
    }
    history.add(item, weight, learning.history());
  }

  /** About how much heap the columns take. */
  public long columnBytes() {
    long bytes = 0;
    for (Shard shard : shards) {
      for (Kind kind : Kind.values()) {
        for (long item : shard.columns().items(kind)) {
          Column column = shard.column(kind, item);
          bytes += column == null ? 0 : column.bytes();
        }
      }
    }
    return bytes;
  }
}
