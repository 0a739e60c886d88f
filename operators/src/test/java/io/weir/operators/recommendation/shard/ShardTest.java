package io.weir.operators.recommendation.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.operators.recommendation.model.Items;
import io.weir.operators.recommendation.model.ItemsSerializer;
import io.weir.operators.recommendation.ranking.Ranking;
import io.weir.operators.recommendation.rules.Ageing;
import io.weir.operators.recommendation.rules.Learning;
import io.weir.operators.recommendation.rules.Scoring;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Seeded actions of users on items. */
class ShardTest {

  private static final int USERS = 60;
  private static final int ITEMS = 120;
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private static void act(SequentialModel model, int actions, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < actions; i++) {
      // Each user likes a third of the items.
      long user = random.nextInt(USERS);
      long item = random.nextInt(ITEMS / 3) * 3L + user % 3;
      model.learn(user, item, 1 + random.nextInt(5), i * HOUR);
    }
  }

  @Test
  void ranksTheSameHoweverManyShardsThereAre() {
    SequentialModel one = new SequentialModel(1, Learning.EXACT, Scoring.DEFAULT);
    SequentialModel many = new SequentialModel(7, Learning.EXACT, Scoring.DEFAULT);

    act(one, 2_000, 1);
    act(many, 2_000, 1);

    for (long user = 0; user < USERS; user++) {
      assertThat(many.best(user, 10).items()).isEqualTo(one.best(user, 10).items());
    }
  }

  @Test
  void recommendsWhatUsersOfTheSameTasteLikeAndNothingThatAUserHas() {
    SequentialModel model = new SequentialModel(4, Learning.EXACT, Scoring.PLAIN);
    act(model, 1_000, 2);

    Ranking best = model.best(7, 10);

    assertThat(Arrays.stream(best.items()).boxed()).isNotEmpty().allMatch(item -> item % 3 == 1);
    for (long item : best.items()) {
      assertThat(model.history(7).weightOf(item)).isZero();
    }
  }

  @Test
  void forgetsAsymptoticallyWhatFades() {
    Ageing ageing = new Ageing(10 * HOUR);
    SequentialModel model =
        new SequentialModel(1, Learning.EXACT.withAgeing(ageing), Scoring.PLAIN);

    model.learn(1, 5, 4, 0);
    model.learn(1, 6, 4, 0);
    model.learn(2, 7, 3, 20 * HOUR);

    Items items = model.shards()[0].items();
    assertThat(items.count(items.indexOf(5))).isCloseTo(1, within(1e-6));
    assertThat(items.count(items.indexOf(7))).isCloseTo(3, within(1e-6));
    Sweep sweep = new Sweep(model.shards()[0]);
    assertThat(sweep.pairCount(items.indexOf(5), 6)).isCloseTo(1, within(1e-6));
    assertThat(sweep.itemCount(6)).isCloseTo(1, within(1e-6));
    // Both fade alike: similarity stays.
    assertThat(sweep.neighbours(1)[items.indexOf(5)].scores()[0]).isCloseTo(1, within(1e-6));
  }

  @Test
  void keepsNoMoreNeighboursThanItMayAndTheNearestOnes() {
    SequentialModel all = new SequentialModel(3, Learning.EXACT, Scoring.PLAIN);
    SequentialModel few = new SequentialModel(3, Learning.EXACT, Scoring.PLAIN);

    act(all, 2_000, 3);
    act(few, 2_000, 3);
    for (Shard shard : few.shards()) {
      new Sweep(shard).prune(Learning.EXACT.withSweep(8, 0, 1));
    }

    for (Shard shard : few.shards()) {
      Ranking[] kept = new Sweep(shard).neighbours(100);
      assertThat(kept).allMatch(ranking -> ranking.size() <= 8 || isTied(ranking, 8));
      assertThat(kept).anyMatch(ranking -> ranking.size() >= 8);
    }
    for (int number = 0; number < 3; number++) {
      Shard whole = all.shards()[number];
      Ranking[] nearest = new Sweep(whole).neighbours(1);
      for (int index = 0; index < nearest.length; index++) {
        Items items = few.shards()[number].items();
        int same = items.indexOf(whole.items().id(index));
        Ranking found = new Sweep(few.shards()[number]).neighbours(1)[same];
        assertThat(found.items()).isEqualTo(nearest[index].items());
      }
    }
  }

  /** Whether all behind a place are as near as the last one before it: of equal ones all stay. */
  private static boolean isTied(Ranking ranking, int place) {
    double last = ranking.scores()[ranking.size() - 1];
    return Math.abs(ranking.scores()[place - 1] - last) < 1e-6;
  }

  @Test
  void dropsByTheHoeffdingBoundNoPairOfAListUnlessDoubtIsGreat() {
    SequentialModel model = new SequentialModel(2, Learning.EXACT, Scoring.PLAIN);
    act(model, 4_000, 4);
    Ranking[] before = new Sweep(model.shards()[0]).neighbours(20);

    long none = new Sweep(model.shards()[0]).prune(sweep(1e-300));
    long some = new Sweep(model.shards()[0]).prune(sweep(0.9));

    assertThat(none).isZero();
    assertThat(some).isPositive();
    assertThat(new Sweep(model.shards()[0]).neighbours(20)).isEqualTo(before);
  }

  private static Learning sweep(double doubt) {
    return Learning.EXACT.withSweep(0, doubt, 1);
  }

  @Test
  void itemsComeBackFromTheirBytesAsTheyWere() throws IOException {
    SequentialModel model = new SequentialModel(1, Learning.EXACT, Scoring.DEFAULT);
    act(model, 500, 5);
    Items items = model.shards()[0].items();
    DataOutputSerializer out = new DataOutputSerializer(64);

    ItemsSerializer.INSTANCE.serialize(items, out);
    Items read =
        ItemsSerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

    assertThat(read).isEqualTo(items);
    assertThat(ItemsSerializer.INSTANCE.copy(items)).isEqualTo(items);
    Shard restored = new Shard(0, new Shards(1), read, model.shards()[0].columns());
    assertThat(model.best(3, 10)).isEqualTo(model.on(restored).best(3, 10));
  }
}
