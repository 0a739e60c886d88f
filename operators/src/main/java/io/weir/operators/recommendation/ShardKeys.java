package io.weir.operators.recommendation;

import io.weir.operators.recommendation.shard.Shards;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Flink's keys for shards, evenly spread over key groups: a hash would leave some subtasks with
 * twice the shards of others.
 */
final class ShardKeys {

  private final Shards shards;
  private final int[] keys;
  private final int[] subtasks;
  private final int[] targets;

  /**
   * Finds the keys.
   *
   * @param groups how many key groups there are: the job's max parallelism
   * @param parallelism of the model
   */
  ShardKeys(Shards shards, int groups, int parallelism) {
    if (shards.count() > groups) {
      throw new IllegalArgumentException(
          "%d shards do not fit into %d key groups; raise pipeline.max-parallelism"
              .formatted(shards.count(), groups));
    }
    this.shards = shards;
    keys = keys(shards.count(), groups);
    subtasks =
        Arrays.stream(keys)
            .map(
                key ->
                    KeyGroupRangeAssignment.assignKeyToParallelOperator(key, groups, parallelism))
            .toArray();
    targets = targets(parallelism);
  }

  private static int[] keys(int shards, int groups) {
    int[] keys = new int[shards];
    for (int shard = 0; shard < shards; shard++) {
      int group = shard * groups / shards;
      int key = 0;
      while (KeyGroupRangeAssignment.assignToKeyGroup(key, groups) != group) {
        key++;
      }
      keys[shard] = key;
    }
    return keys;
  }

  private int[] targets(int parallelism) {
    int[] first = new int[parallelism];
    Arrays.fill(first, -1);
    for (int shard = keys.length - 1; shard >= 0; shard--) {
      first[subtasks[shard]] = keys[shard];
    }
    return first;
  }

  int keyOf(int shard) {
    return keys[shard];
  }

  /** The subtask that has an item. */
  int subtaskOf(long item) {
    return subtasks[shards.of(item)];
  }

  /** The shards of a subtask. */
  int[] shardsOf(int subtask) {
    return IntStream.range(0, keys.length).filter(shard -> subtasks[shard] == subtask).toArray();
  }

  /** By subtask a key that leads to it; -1 where it has no shard. */
  int[] targets() {
    return targets;
  }

  /** How many subtasks have shards. */
  int parts() {
    return (int) Arrays.stream(targets).filter(target -> target >= 0).count();
  }
}
