package io.weir.jobs.analytics;

import io.weir.jobs.connectors.DeadLetters;
import io.weir.jobs.connectors.Sinks;
import io.weir.jobs.connectors.Table;
import io.weir.jobs.launch.JobDefinition;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.live.LiveSettings;
import io.weir.jobs.live.OwnStore;
import io.weir.jobs.settings.Section;
import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.epoch.stamp.Stamp;
import io.weir.operators.intake.Intake;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import io.weir.operators.window.GroupHash;
import io.weir.operators.window.WindowPlan;
import io.weir.operators.window.WindowedAggregation;
import io.weir.operators.window.WindowedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Windowed aggregates by a declared schema: source, gate, exchange if there is one, where,
 * pre-aggregation, windows, sink. Results are one row for each window and group that has rows, told
 * apart by the window's start and the group's columns.
 */
public final class AnalyticsJob implements JobDefinition {

  static final String NAME = "analytics";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "windowed aggregates over a stream of records, declared in settings";
  }

  @Override
  public PreparedJob prepare(Section settings) {
    return new Prepared(AnalyticsSettings.read(settings));
  }

  private record Prepared(AnalyticsSettings settings) implements PreparedJob {

    @Override
    public void define(StreamExecutionEnvironment env) {
      AnalyticsJob.define(env, settings);
    }

    @Override
    public Optional<OwnStore> ownStore() {
      return LiveSettings.ownStore(settings.live());
    }
  }

  /** Builds the job's graph; runs nothing. */
  static void define(StreamExecutionEnvironment env, AnalyticsSettings settings) {
    define(settings.input().attach(env, settings.plan().rows(), NAME), settings);
  }

  /** Builds what stands behind the gate. */
  static void define(Intake<Row> intake, AnalyticsSettings settings) {
    Schema columns = settings.plan().rows();
    WindowPlan plan = settings.plan().plan();
    Epochs epochs = Epochs.of(intake.values().getExecutionEnvironment(), settings.live());
    RulesType rules = settings.plan().rules();
    DataStream<Row> counted =
        counted(exchanged(intake.values(), settings.plan(), epochs), settings.plan(), epochs);
    WindowedRows results =
        WindowedAggregation.apply(counted, columns, plan, epochs, rules.lengths(), NAME);
    Table table = new Table(NAME, results.schema(), key(plan));
    Sinks.attach(results.rows(), table, settings.sink(), NAME + "-sink");
    DeadLetters.attach(
        intake.deadLetters().union(results.deadLetters()),
        settings.deadLetters(),
        NAME + "-dead-letters");
    settings.plan().stamps().attach(stamps(counted, results), NAME + "-stamps");
  }

  private static DataStream<Stamp> stamps(DataStream<Row> counted, WindowedRows results) {
    return counted instanceof SingleOutputStreamOperator<Row> where
        ? where.getSideOutput(Stamp.OUTPUT).union(results.stamps())
        : results.stamps();
  }

  private static DataStream<Row> exchanged(DataStream<Row> rows, PlanSettings plan, Epochs epochs) {
    GroupHash group = new GroupHash(plan.plan(), plan.rows());
    return plan.exchange()
        .by()
        .behind(rows, group::of, epochs, plan.rules().where().routing(), NAME);
  }

  private static DataStream<Row> counted(DataStream<Row> rows, PlanSettings plan, Epochs epochs) {
    if (plan.where() == null && !plan.live()) {
      return rows;
    }
    SingleOutputStreamOperator<Row> counted =
        epochs
            .transform(rows, "where", rows.getType(), new Where(plan.rules().where()))
            .uid(NAME + "-where");
    if (rows.getTransformation().isParallelismConfigured()) {
      counted.setParallelism(rows.getParallelism());
    }
    return counted;
  }

  private static List<String> key(WindowPlan plan) {
    List<String> key = new ArrayList<>();
    key.add("window_start");
    key.addAll(plan.groupBy());
    return key;
  }
}
