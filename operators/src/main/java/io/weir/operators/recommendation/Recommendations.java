package io.weir.operators.recommendation;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.epoch.stamp.Stamp;
import io.weir.operators.intake.DeadLetter;
import io.weir.operators.recommendation.message.Action;
import io.weir.operators.recommendation.message.ItemCount;
import io.weir.operators.recommendation.message.Lesson;
import io.weir.operators.recommendation.message.Neighbour;
import io.weir.operators.recommendation.message.Outcome;
import io.weir.operators.recommendation.message.Partial;
import io.weir.operators.recommendation.quality.QualityFunction;
import io.weir.operators.recommendation.quality.WindowQuality;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * What comes of actions.
 *
 * @param outcomes one for each action, by user in the order of the actions
 * @param quality one for each window of event time
 * @param neighbours lists of items that changed, each list as a whole
 * @param dumpedItems the whole model when the input has ended, if wanted
 * @param dumpedNeighbours as well
 * @param deadLetters actions that could not be weighed
 */
public record Recommendations(
    DataStream<Outcome> outcomes,
    DataStream<WindowQuality> quality,
    DataStream<Neighbour> neighbours,
    DataStream<ItemCount> dumpedItems,
    DataStream<Neighbour> dumpedNeighbours,
    DataStream<DeadLetter> deadLetters,
    DataStream<Stamp> stamps) {

  /**
   * Adds the operators to a job.
   *
   * @param actions each with its event time as timestamp
   * @param window of the rows about quality
   * @param uidPrefix the operators' uids begin with it
   */
  public static Recommendations of(
      DataStream<Action> actions,
      ModelOutput wanted,
      Duration window,
      Epochs epochs,
      ConfigurationType<RecommendationRules> type,
      String uidPrefix) {
    SingleOutputStreamOperator<Lesson> lessons =
        epochs
            .process(
                actions.keyBy(Action::user, Types.STRING),
                "history",
                TypeInformation.of(Lesson.class),
                new HistoryFunction(type, wanted.shards()))
            .uid(uidPrefix + "-history");
    SingleOutputStreamOperator<Partial> partials =
        epochs
            .transform(
                lessons.keyBy(Lesson::target, Types.INT),
                "model",
                TypeInformation.of(Partial.class),
                new ModelOperator(type, wanted))
            .uid(uidPrefix + "-model");
    SingleOutputStreamOperator<Outcome> outcomes =
        partials
            .keyBy(Partial::user, Types.STRING)
            .process(new MergeFunction(wanted), TypeInformation.of(Outcome.class))
            .uid(uidPrefix + "-merge")
            .name("merge");
    SingleOutputStreamOperator<WindowQuality> quality =
        outcomes
            .keyBy(outcome -> 0, Types.INT)
            .process(new QualityFunction(window), TypeInformation.of(WindowQuality.class))
            .uid(uidPrefix + "-quality")
            .name("quality")
            .setParallelism(1);
    return new Recommendations(
        outcomes,
        quality,
        partials.getSideOutput(ModelOperator.NEIGHBOURS),
        partials.getSideOutput(ModelOperator.DUMPED_ITEMS),
        partials.getSideOutput(ModelOperator.DUMPED_NEIGHBOURS),
        lessons.getSideOutput(HistoryFunction.DEAD_LETTERS),
        lessons.getSideOutput(Stamp.OUTPUT).union(partials.getSideOutput(Stamp.OUTPUT)));
  }
}
