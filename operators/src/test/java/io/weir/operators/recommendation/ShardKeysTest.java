package io.weir.operators.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.recommendation.shard.Shards;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardKeysTest {

  private static final int GROUPS = 128;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 16, 30})
  void dealsShardsEvenlyAndLeadsToTheSubtaskThatHasThem(int parallelism) {
    ShardKeys keys = new ShardKeys(new Shards(16), GROUPS, parallelism);

    int shards = 0;
    for (int subtask = 0; subtask < parallelism; subtask++) {
      int[] own = keys.shardsOf(subtask);
      shards += own.length;
      assertThat(own.length).isBetween(16 / parallelism, (16 + parallelism - 1) / parallelism);
      for (int shard : own) {
        assertThat(subtaskOf(keys.keyOf(shard), parallelism)).isEqualTo(subtask);
      }
      int target = keys.targets()[subtask];
      assertThat(target < 0 ? -1 : subtaskOf(target, parallelism))
          .isEqualTo(own.length == 0 ? -1 : subtask);
    }
    assertThat(shards).isEqualTo(16);
    assertThat(keys.parts()).isEqualTo(Math.min(16, parallelism));
  }

  private static int subtaskOf(int key, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, GROUPS, parallelism);
  }

  @Test
  void keepsTheKeyOfAShardAtAnyParallelism() {
    ShardKeys few = new ShardKeys(new Shards(8), GROUPS, 2);
    ShardKeys many = new ShardKeys(new Shards(8), GROUPS, 5);

    int[] keys = IntStream.range(0, 8).map(few::keyOf).toArray();

    assertThat(IntStream.range(0, 8).map(many::keyOf).toArray()).isEqualTo(keys);
    assertThat(Arrays.stream(keys).distinct().count()).isEqualTo(8);
  }

  @Test
  void refusesMoreShardsThanKeyGroups() {
    assertThatThrownBy(() -> new ShardKeys(new Shards(200), GROUPS, 1))
        .hasMessageContaining("200 shards do not fit into 128 key groups");
  }
}
