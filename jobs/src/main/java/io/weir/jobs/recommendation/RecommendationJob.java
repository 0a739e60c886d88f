package io.weir.jobs.recommendation;

import io.weir.jobs.connectors.DeadLetters;
import io.weir.jobs.connectors.SinkSettings;
import io.weir.jobs.connectors.Sinks;
import io.weir.jobs.connectors.Table;
import io.weir.jobs.launch.JobDefinition;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.live.LiveSettings;
import io.weir.jobs.live.OwnStore;
import io.weir.jobs.settings.Section;
import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.intake.Intake;
import io.weir.operators.recommendation.Recommendations;
import io.weir.operators.recommendation.message.Action;
import io.weir.operators.recommendation.quality.RecommendationTotals;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Recommendations from actions: source, gate, histories, model, merge, sinks. Lists of one user are
 * written by one subtask, in the order of the user's actions.
 */
public final class RecommendationJob implements JobDefinition {

  static final String NAME = "recommendation";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "what users may like next, learned from each of their actions";
  }

  @Override
  public PreparedJob prepare(Section settings) {
    return new Prepared(RecommendationSettings.read(settings));
  }

  private record Prepared(RecommendationSettings settings) implements PreparedJob {

    @Override
    public void define(StreamExecutionEnvironment env) {
      RecommendationJob.define(env, settings);
    }

    @Override
    public Optional<OwnStore> ownStore() {
      return LiveSettings.ownStore(settings.live());
    }

    @Override
    public Optional<String> result(Map<String, Object> accumulators) {
      return settings.output().prequential()
          ? Optional.of(json(RecommendationTotals.of(accumulators)))
          : Optional.empty();
    }
  }

  private static String json(RecommendationTotals totals) {
    return String.format(
        Locale.ROOT,
        "{\"evaluated\":%d,\"hr10\":%.6f,\"ndcg10\":%.6f,\"covered\":%d,\"events\":%d,"
            + "\"pair_updates\":%d,\"protocol\":\"%s\"}",
        totals.quality().evaluated(),
        totals.quality().hitRate(),
        totals.quality().gain(),
        totals.covered(),
        totals.events(),
        totals.pairs(),
        totals.subtasks() == 1 ? "sequential" : "served by " + totals.subtasks() + " subtasks");
  }

  /** Builds the job's graph; runs nothing. */
  static void define(StreamExecutionEnvironment env, RecommendationSettings settings) {
    define(settings.input().attach(env, settings.columns(), NAME), settings);
  }

  /** Builds what stands behind the gate. */
  static void define(Intake<Row> intake, RecommendationSettings settings) {
    SingleOutputStreamOperator<Action> actions =
        intake
            .values()
            .process(
                new ActionReader(
                    settings.columns(), settings.fields().byAction(), settings.weightScale()),
                TypeInformation.of(Action.class))
            .uid(NAME + "-actions")
            .name("actions");
    Epochs epochs = Epochs.of(intake.values().getExecutionEnvironment(), settings.live());
    Recommendations found =
        Recommendations.of(
            actions, settings.output(), settings.window(), epochs, RulesType.INSTANCE, NAME);
    store(found, settings);
    dump(found, settings.dump());
    DeadLetters.attach(
        intake
            .deadLetters()
            .union(actions.getSideOutput(ActionReader.DEAD_LETTERS), found.deadLetters()),
        settings.deadLetters(),
        NAME + "-dead-letters");
    settings.stamps().attach(found.stamps(), NAME + "-stamps");
  }

  private static void store(Recommendations found, RecommendationSettings settings) {
    Table lists = RecommendationTables.RECOMMENDATIONS;
    if (settings.output().served() > 0) {
      DataStream<Row> rows =
          found
              .outcomes()
              .flatMap(RecommendationTables::recommendations, new RowTypeInfo(lists.schema()))
              .uid(NAME + "-rows")
              .name(lists.name());
      Sinks.attach(rows, lists, settings.sink().part(lists.name()), NAME + "-sink");
    }
    Duration window = settings.window();
    attach(
        found.quality(),
        quality -> RecommendationTables.quality(quality, window),
        RecommendationTables.QUALITY,
        settings.sink());
    if (settings.output().neighbours() > 0) {
      attach(
          found.neighbours(),
          RecommendationTables::neighbour,
          RecommendationTables.NEIGHBOURS,
          settings.sink());
    }
  }

  private static void dump(Recommendations found, @Nullable SinkSettings sink) {
    if (sink != null) {
      attach(
          found.dumpedItems(),
          RecommendationTables::item,
          RecommendationTables.DUMPED_ITEMS,
          sink,
          "-dump");
      attach(
          found.dumpedNeighbours(),
          RecommendationTables::dumped,
          RecommendationTables.DUMPED_NEIGHBOURS,
          sink,
          "-dump");
    }
  }

  private static <T> void attach(
      DataStream<T> values, MapFunction<T, Row> rows, Table table, SinkSettings sink) {
    attach(values, rows, table, sink, "");
  }

  private static <T> void attach(
      DataStream<T> values,
      MapFunction<T, Row> rows,
      Table table,
      SinkSettings sink,
      String suffix) {
    String uid = NAME + "-" + table.name() + suffix;
    SingleOutputStreamOperator<Row> made =
        values
            .map(rows, new RowTypeInfo(table.schema()))
            .uid(uid + "-rows")
            .name(table.name() + suffix);
    if (values.getTransformation().isParallelismConfigured()) {
      made.setParallelism(values.getParallelism());
    }
    Sinks.attach(made, table, sink.part(table.name()), uid + "-sink");
  }
}
