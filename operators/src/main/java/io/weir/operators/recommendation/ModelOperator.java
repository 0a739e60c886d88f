package io.weir.operators.recommendation;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.operator.EpochOperator;
import io.weir.operators.epoch.operator.EpochSwitch;
import io.weir.operators.epoch.stamp.Stamping;
import io.weir.operators.epoch.stamp.Stamps;
import io.weir.operators.recommendation.message.ItemCount;
import io.weir.operators.recommendation.message.Lesson;
import io.weir.operators.recommendation.message.Neighbour;
import io.weir.operators.recommendation.message.Partial;
import io.weir.operators.recommendation.model.Column;
import io.weir.operators.recommendation.model.ColumnSerializer;
import io.weir.operators.recommendation.model.Items;
import io.weir.operators.recommendation.model.ItemsSerializer;
import io.weir.operators.recommendation.ranking.Because;
import io.weir.operators.recommendation.ranking.Ranking;
import io.weir.operators.recommendation.shard.Kind;
import io.weir.operators.recommendation.shard.Scorer;
import io.weir.operators.recommendation.shard.Shard;
import io.weir.operators.recommendation.shard.Shards;
import io.weir.operators.recommendation.shard.Step;
import io.weir.operators.recommendation.shard.Sweep;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.internal.InternalValueState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * A part of the model: for each lesson it lists the best of its items before and after learning it.
 * Lessons are keyed by any shard of the subtask that they are for; each goes through all of the
 * subtask's shards.
 */
// Flink calls join and open before anything else.
@SuppressWarnings("NullAway.Init")
final class ModelOperator extends AbstractStreamOperator<Partial>
    implements OneInputStreamOperator<Lesson, Partial>,
        BoundedOneInput,
        EpochOperator,
        Stamping,
        Configured<RecommendationRules> {

  /** The nearest neighbours of items that changed, and at the end of the input the model. */
  static final OutputTag<Neighbour> NEIGHBOURS =
      new OutputTag<>("neighbours", TypeInformation.of(Neighbour.class));

  static final OutputTag<Neighbour> DUMPED_NEIGHBOURS =
      new OutputTag<>("dumped-neighbours", TypeInformation.of(Neighbour.class));
  static final OutputTag<ItemCount> DUMPED_ITEMS =
      new OutputTag<>("dumped-items", TypeInformation.of(ItemCount.class));

  private static final long serialVersionUID = 1;

  private final ConfigurationType<RecommendationRules> type;
  private final ModelOutput wanted;

  private transient EpochSwitch epochs;
  private transient Stamps stamps;
  private transient RecommendationRules rules;
  private transient long version;
  private transient ShardKeys keys;
  private transient KeyedShards shards;
  private transient int[] own;
  private transient Scorer scorer;
  private transient Counter dropped;

  ModelOperator(ConfigurationType<RecommendationRules> type, ModelOutput wanted) {
    this.type = type;
    this.wanted = wanted;
  }

  @Override
  public void join(EpochSwitch joined) {
    epochs = joined;
  }

  @Override
  public ConfigurationType<RecommendationRules> configurationType() {
    return type;
  }

  @Override
  public void configure(VersionedConfiguration<RecommendationRules> configuration) {
    version = configuration.version();
    rules = configuration.value();
  }

  @Override
  public void stampWith(Stamps given) {
    stamps = given;
  }

  @Override
  public void open() throws Exception {
    super.open();
    Shards dealt = new Shards(wanted.shards());
    TaskInfo task = getRuntimeContext().getTaskInfo();
    keys =
        new ShardKeys(
            dealt, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks());
    own = keys.shardsOf(task.getIndexOfThisSubtask());
    ValueState<Items> items =
        getRuntimeContext().getState(new ValueStateDescriptor<>("items", ItemsSerializer.INSTANCE));
    Map<Kind, InternalValueState<Integer, Long, Column>> columns = new EnumMap<>(Kind.class);
    columns.put(Kind.SIMILARITY, columns(KeyedShards.SIMILARITY));
    columns.put(Kind.SEQUENCE, columns(KeyedShards.SEQUENCE));
    shards = new KeyedShards(dealt, keys, getKeyedStateBackend(), items, columns);
    scorer = new Scorer();
    dropped = getMetricGroup().counter("droppedPairs");
    epochs.open(this);
  }

  // Flink types the states of namespaces by their kind only.
  @SuppressWarnings("unchecked")
  private InternalValueState<Integer, Long, Column> columns(String name) throws Exception {
    return (InternalValueState<Integer, Long, Column>)
        this.<Long, ValueState<Column>, Column>getOrCreateKeyedState(
            LongSerializer.INSTANCE, new ValueStateDescriptor<>(name, ColumnSerializer.INSTANCE));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    super.prepareSnapshotPreBarrier(checkpoint);
    epochs.switchAt(checkpoint);
  }

  @Override
  public void processElement(StreamRecord<Lesson> element) throws IOException {
    Lesson lesson = element.getValue();
    if (!lesson.record().isEmpty()) {
      stamps.stamp(lesson.record(), version);
    }
    if (lesson.parts() != keys.parts()) {
      throw new IllegalStateException(
          "%d subtasks are told, but %d have shards: history and model need one parallelism"
              .formatted(lesson.parts(), keys.parts()));
    }
    boolean isJudged = wanted.prequential() && lesson.hasPast() && lesson.step().isNew();
    Ranking.Best judged = new Ranking.Best(isJudged ? wanted.judged() : 0);
    Ranking.Best served = new Ranking.Best(wanted.served());
    Latest after = Latest.after(lesson);
    for (int number : own) {
      Shard shard = shards.open(number);
      if (isJudged) {
        score(shard, lesson.step(), Latest.before(lesson), judged);
      }
      learn(shard, lesson.step());
      if (wanted.served() > 0) {
        score(shard, lesson.step(), after, served);
      }
      shards.put(shard);
    }
    output.collect(
        element.replace(partial(lesson, isJudged, judged.ranking(), served.ranking(), after)));
  }

  /** The latest items of a user, before or after an action. */
  private record Latest(long[] items, int[] weights) {

    static Latest before(Lesson lesson) {
      return new Latest(lesson.step().recent(), lesson.step().recentWeights());
    }

    static Latest after(Lesson lesson) {
      return new Latest(
          lesson.step().recentAfter(), lesson.step().recentWeightsAfter(lesson.weight()));
    }
  }

  private void score(Shard shard, Step step, Latest latest, Ranking.Best best) {
    scorer.score(shard, rules.scoring(), step.past(), latest.items(), latest.weights(), best);
  }

  private void learn(Shard shard, Step step) {
    shard.learn(step, rules.learning(), rules.scoring());
    if (Sweep.isDue(shard, rules.learning())) {
      Sweep sweep = new Sweep(shard);
      dropped.inc(sweep.prune(rules.learning()));
      tell(sweep, shard);
    }
  }

  /** The neighbours of items that changed. */
  private void tell(Sweep sweep, Shard shard) {
    if (wanted.neighbours() == 0) {
      return;
    }
    Ranking[] rankings = sweep.neighbours(wanted.neighbours());
    for (int index = 0; index < rankings.length; index++) {
      if (shard.items().takeChanged(index)) {
        tell(NEIGHBOURS, sweep, shard.items(), index, rankings[index]);
      }
    }
  }

  private void tell(
      OutputTag<Neighbour> tag, Sweep sweep, Items items, int index, Ranking ranking) {
    for (int rank = 0; rank < ranking.size(); rank++) {
      long other = ranking.items()[rank];
      output.collect(
          tag,
          new StreamRecord<>(
              new Neighbour(
                  items.id(index),
                  rank + 1,
                  other,
                  sweep.pairCount(index, other),
                  items.count(index),
                  sweep.itemCount(other),
                  ranking.scores()[rank],
                  version)));
    }
  }

  private Partial partial(
      Lesson lesson, boolean isJudged, Ranking judged, Ranking served, Latest after)
      throws IOException {
    byte[] reasons = new byte[served.size()];
    long[] because = new long[served.size()];
    for (int rank = 0; rank < served.size(); rank++) {
      Because reason = reason(served.items()[rank], after);
      reasons[rank] = reason.reason().code();
      because[rank] = reason.item();
    }
    return new Partial(
        lesson.user(),
        lesson.sequence(),
        lesson.parts(),
        lesson.step().item(),
        lesson.step().timeMillis(),
        lesson.receivedMillis(),
        version,
        lesson.pairs(),
        isJudged,
        judged.items(),
        judged.scores(),
        served.items(),
        served.scores(),
        reasons,
        because);
  }

  private Because reason(long item, Latest after) throws IOException {
    return Scorer.reason(
        shards.open(new Shards(wanted.shards()).of(item)),
        rules.scoring(),
        item,
        after.items(),
        after.weights());
  }

  /** Says the rest of the neighbours, and the whole model where that is wanted. */
  @Override
  public void endInput() throws Exception {
    for (int number : own) {
      Shard shard = shards.open(number);
      Sweep sweep = new Sweep(shard);
      tell(sweep, shard);
      if (wanted.dump()) {
        dump(sweep, shard.items());
      }
      shards.put(shard);
    }
  }

  private void dump(Sweep sweep, Items items) {
    Ranking[] rankings = sweep.neighbours(ModelOutput.DUMPED_NEIGHBOURS);
    for (int index = 0; index < rankings.length; index++) {
      double count = items.count(index);
      output.collect(
          DUMPED_ITEMS,
          new StreamRecord<>(new ItemCount(items.id(index), count, items.events(index))));
      tell(DUMPED_NEIGHBOURS, sweep, items, index, rankings[index]);
    }
  }
}
