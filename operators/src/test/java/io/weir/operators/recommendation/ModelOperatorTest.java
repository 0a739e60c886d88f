package io.weir.operators.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.operator.EpochSwitch;
import io.weir.operators.epoch.stamp.Stamps;
import io.weir.operators.recommendation.message.Lesson;
import io.weir.operators.recommendation.message.Partial;
import io.weir.operators.recommendation.model.History;
import io.weir.operators.recommendation.ranking.Ranking;
import io.weir.operators.recommendation.rules.Learning;
import io.weir.operators.recommendation.rules.Scoring;
import io.weir.operators.recommendation.shard.SequentialModel;
import io.weir.operators.recommendation.shard.Shards;
import io.weir.operators.recommendation.shard.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Subtasks of the model by themselves, against the model in one thread. */
// Flink's close may throw anything.
@SuppressWarnings("try")
class ModelOperatorTest {

  private static final int GROUPS = 128;
  private static final int SHARDS = 6;
  private static final int LIST = 5;
  private static final Learning LEARNING = Learning.EXACT.withSweep(12, 0, 50);

  private final Random random = new Random(11);
  private final Map<Long, History> histories = new HashMap<>();
  private final SequentialModel model = new SequentialModel(SHARDS, LEARNING, Scoring.DEFAULT);

  private enum Fixed implements ConfigurationType<RecommendationRules> {
    INSTANCE;

    @Override
    public String schema() {
      return "{}";
    }

    @Override
    public RecommendationRules decode(String document) {
      return new RecommendationRules(Map.of(), Scoring.DEFAULT, LEARNING);
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, Lesson, Partial> subtask(
      int parallelism, int index) throws Exception {
    ModelOperator operator =
        new ModelOperator(Fixed.INSTANCE, new ModelOutput(SHARDS, true, LIST, 0, false));
    operator.join(EpochSwitch.fixed(""));
    operator.stampWith(Stamps.NONE);
    return new KeyedOneInputStreamOperatorTestHarness<>(
        operator, Lesson::target, Types.INT, GROUPS, parallelism, index);
  }

  @Test
  void goesOnAtAnotherParallelismAsIfNothingHadHappened() throws Exception {
    OperatorSubtaskState state;
    try (var one = subtask(1, 0)) {
      one.open();
      for (int i = 0; i < 300; i++) {
        assertAct(List.of(one), i);
      }
      state = one.snapshot(1, 1);
    }

    try (var first = subtask(2, 0);
        var second = subtask(2, 1)) {
      first.initializeState(part(state, 0));
      second.initializeState(part(state, 1));
      first.open();
      second.open();

      for (int i = 300; i < 600; i++) {
        assertAct(List.of(first, second), i);
      }
    }
  }

  private static OperatorSubtaskState part(OperatorSubtaskState state, int index) {
    return AbstractStreamOperatorTestHarness.repartitionOperatorState(state, GROUPS, 1, 2, index);
  }

  /** One action of a random user, whose lists must be those of the model in one thread. */
  private void assertAct(
      List<KeyedOneInputStreamOperatorTestHarness<Integer, Lesson, Partial>> subtasks, int number)
      throws Exception {
    long user = random.nextInt(20);
    long item = random.nextInt(60);
    int weight = 1 + random.nextInt(5);
    History history = histories.computeIfAbsent(user, each -> new History());
    Step step = Step.of(history, item, weight, number, LEARNING, Scoring.DEFAULT);
    Ranking before = model.best(user, 10);
    boolean isJudged = history.size() > 0 && step.isNew();
    int reached = Math.max(weight, history.weightOf(item));
    boolean hasPast = history.size() > 0;

    List<Partial> parts = new ArrayList<>();
    for (int subtask = 0; subtask < subtasks.size(); subtask++) {
      int target = new ShardKeys(new Shards(SHARDS), GROUPS, subtasks.size()).targets()[subtask];
      subtasks
          .get(subtask)
          .processElement(
              new StreamRecord<>(
                  new Lesson(
                      target,
                      subtasks.size(),
                      "u" + user,
                      number,
                      hasPast,
                      reached,
                      0,
                      0,
                      "",
                      step)));
      parts.add(
          (Partial) ((StreamRecord<?>) subtasks.get(subtask).getOutput().remove()).getValue());
    }
    model.learn(user, item, weight, number);
    history.add(item, weight, 0);

    assertThat(parts).allMatch(part -> part.isJudged() == isJudged);
    if (isJudged) {
      assertThat(merged(parts, true, 10)).isEqualTo(before);
    }
    assertThat(merged(parts, false, LIST)).isEqualTo(model.best(user, LIST));
  }

  private static Ranking merged(List<Partial> parts, boolean judged, int most) {
    Ranking.Best best = new Ranking.Best(most);
    for (Partial part : parts) {
      long[] items = judged ? part.judged() : part.items();
      double[] scores = judged ? part.judgedScores() : part.scores();
      for (int i = 0; i < items.length; i++) {
        best.offer(items[i], scores[i]);
      }
    }
    return best.ranking();
  }

  @Test
  void failsWhereHistoryAndModelDoNotAgreeHowManySubtasksThereAre() throws Exception {
    Step step = Step.of(new History(), 1, 1, 0, LEARNING, Scoring.DEFAULT);
    try (var one = subtask(1, 0)) {
      one.open();

      assertThatThrownBy(
              () ->
                  one.processElement(
                      new StreamRecord<>(new Lesson(0, 4, "u", 0, false, 1, 0, 0, "", step))))
          .hasMessageContaining("history and model need one parallelism");
    }
  }
}
