package io.weir.operators.recommendation;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.stamp.Stamping;
import io.weir.operators.epoch.stamp.Stamps;
import io.weir.operators.intake.DeadLetter;
import io.weir.operators.recommendation.message.Action;
import io.weir.operators.recommendation.message.Lesson;
import io.weir.operators.recommendation.model.History;
import io.weir.operators.recommendation.model.HistorySerializer;
import io.weir.operators.recommendation.shard.Shards;
import io.weir.operators.recommendation.shard.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps the history of each user, and tells all subtasks of the model what an action teaches. An
 * action on the n-th item of a user costs 12 n bytes to the subtask that has the item, and as much
 * to all others together. What has an unknown kind becomes a dead letter.
 */
// Flink calls open and configure before anything else.
@SuppressWarnings("NullAway.Init")
final class HistoryFunction extends KeyedProcessFunction<String, Action, Lesson>
    implements Configured<RecommendationRules>, Stamping {

  static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("unknown-actions") {};

  private static final long serialVersionUID = 1;

  private static final int MOST_SHOWN = 60;

  private final ConfigurationType<RecommendationRules> type;
  private final int shards;
  private transient ValueState<History> histories;
  private transient ShardKeys keys;
  private transient RecommendationRules rules;
  private transient Stamps stamps;
  private transient long version;

  HistoryFunction(ConfigurationType<RecommendationRules> type, int shards) {
    this.type = type;
    this.shards = shards;
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
  public void open(OpenContext context) {
    TaskInfo task = getRuntimeContext().getTaskInfo();
    keys =
        new ShardKeys(
            new Shards(shards),
            task.getMaxNumberOfParallelSubtasks(),
            task.getNumberOfParallelSubtasks());
    histories =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("history", HistorySerializer.INSTANCE));
  }

  @Override
  public void processElement(Action action, Context context, Collector<Lesson> out)
      throws IOException {
    if (!action.record().isEmpty()) {
      stamps.stamp(action.record(), version);
    }
    int weight = weightOf(action);
    if (weight == 0) {
      refuse(action, context);
      return;
    }
    History known = histories.value();
    History history = known == null ? new History() : known;
    long received = context.timerService().currentProcessingTime();
    tell(action, history, weight, received, out);
    history.add(action.item(), weight, rules.learning().history());
    histories.update(history);
  }

  private int weightOf(Action action) {
    return action.kind().isEmpty()
        ? action.weight()
        : rules.actions().getOrDefault(action.kind(), 0);
  }

  private void refuse(Action action, Context context) {
    String detail =
        "action %s of user %s on item %d has no weight; version %d knows %s"
            .formatted(
                shortened(action.kind()),
                shortened(action.user()),
                action.item(),
                version,
                rules.actions().keySet().stream().sorted().toList());
    byte[] text =
        "%s %s %d"
            .formatted(action.user(), action.kind(), action.item())
            .getBytes(StandardCharsets.UTF_8);
    // A user acts more than once in a moment, so only all of it tells letters apart.
    String origin = "action " + UUID.nameUUIDFromBytes(text);
    context.output(
        DEAD_LETTERS, new DeadLetter("unknown-action", detail, origin, action.timeMillis(), text));
  }

  /** Sinks bound what they take, and whoever sends actions may write anything. */
  private static String shortened(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }

  private void tell(
      Action action, History history, int weight, long received, Collector<Lesson> out) {
    Step step =
        Step.of(
            history, action.item(), weight, action.timeMillis(), rules.learning(), rules.scoring());
    int pairs = (int) Arrays.stream(step.growth()).filter(growth -> growth > 0).count();
    int owner = keys.subtaskOf(action.item());
    int[] targets = keys.targets();
    for (int subtask = 0; subtask < targets.length; subtask++) {
      if (targets[subtask] >= 0) {
        out.collect(
            new Lesson(
                targets[subtask],
                keys.parts(),
                action.user(),
                history.actions(),
                history.size() > 0,
                Math.max(weight, history.weightOf(action.item())),
                received,
                subtask == owner ? pairs : 0,
                action.record(),
                subtask == owner ? step : partOf(step, subtask)));
      }
    }
  }

  /** What concerns a subtask that has other items. */
  private Step partOf(Step step, int subtask) {
    int count = 0;
    for (long item : step.past()) {
      count += keys.subtaskOf(item) == subtask ? 1 : 0;
    }
    long[] past = new long[count];
    int[] growth = new int[count];
    int next = 0;
    for (int i = 0; i < step.past().length; i++) {
      if (keys.subtaskOf(step.past()[i]) == subtask) {
        past[next] = step.past()[i];
        growth[next++] = step.growth()[i];
      }
    }
    return step.withPast(past, growth);
  }
}
