package io.weir.jobs.recommendation;

import io.weir.jobs.connectors.FileSinkSettings;
import io.weir.jobs.connectors.SinkSettings;
import io.weir.jobs.encoding.RowFormat;
import io.weir.jobs.input.InputSettings;
import io.weir.jobs.live.LiveSettings;
import io.weir.jobs.live.StampSettings;
import io.weir.jobs.settings.Section;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.intake.TimeLimits;
import io.weir.operators.recommendation.ModelOutput;
import io.weir.operators.recommendation.shard.Shards;
import io.weir.operators.row.Schema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the recommendation job:
 *
 * <pre>
 * source: {file: {path: ratings.csv, format: csv, order-by: [timestamp, userId, movieId]}}
 * fields: {user: userId, item: movieId, weight: rating, time: timestamp}
 * time: {unit: s}
 * weight-scale: 2
 * prequential: true
 * top: 10
 * window: 1h
 * model: {shards: 16, neighbours: 20, dump: model}
 * sink: {file: {path: out}}
 * </pre>
 *
 * @param input where records come from
 * @param fields which columns are what
 * @param columns that are read
 * @param weightScale what weights are multiplied by to be whole numbers. Too small, and weights are
 *     rounded
 * @param output what is wanted of the model
 * @param window of event time that a row about quality is for
 * @param live which document the rules follow
 * @param stamps whether records are stamped, and where to
 * @param sink where the tables go, each under its name
 * @param deadLetters where refused records go; null: nowhere, they are counted only
 * @param dump where the model goes when the input has ended; null: nowhere
 */
record RecommendationSettings(
    InputSettings input,
    ActionFields fields,
    Schema columns,
    int weightScale,
    ModelOutput output,
    Duration window,
    EpochSettings live,
    StampSettings stamps,
    SinkSettings sink,
    @Nullable SinkSettings deadLetters,
    @Nullable SinkSettings dump) {

  static final int MAX_LIST = 100;

  private static final int MAX_SCALE = 1000;
  private static final Duration DEFAULT_WINDOW = Duration.ofHours(1);
  private static final long MAX_FILE_BYTES = 1L << 30;

  /** Reads the settings; what is returned is used only if nothing was wrong. */
  static RecommendationSettings read(Section job) {
    ActionFields fields = ActionFields.read(job);
    // Nothing but a window's row waits for the time, and pauses of ratings are no wrong clocks.
    InputSettings input = InputSettings.read(job, TimeLimits.DEFAULT.withoutHolding());
    fields.check(job, input.schema());
    StampSettings stamps = StampSettings.read(job);
    Section model = job.sectionOrEmpty("model");
    ModelOutput output = output(job, model);
    String dump = model.optionalText("dump");
    model.done();
    return new RecommendationSettings(
        input,
        fields,
        stamps.columns(job, fields.columns(input.schema())),
        (int) job.integer("weight-scale", 1, 1, MAX_SCALE),
        output,
        job.has("window") ? job.positiveDuration("window") : DEFAULT_WINDOW,
        live(job),
        stamps,
        SinkSettings.read(job.section("sink"), RecommendationJob.NAME + "-sink"),
        job.has("dead-letters")
            ? SinkSettings.read(
                job.section("dead-letters"), RecommendationJob.NAME + "-dead-letters")
            : null,
        dump == null ? null : new FileSinkSettings(dump, RowFormat.CSV, MAX_FILE_BYTES));
  }

  private static ModelOutput output(Section job, Section model) {
    return new ModelOutput(
        (int) model.integer("shards", 16, 1, Shards.MOST),
        job.flag("prequential", false),
        (int) job.integer("top", 10, 0, MAX_LIST),
        (int) model.integer("neighbours", 20, 0, MAX_LIST),
        model.has("dump"));
  }

  private static EpochSettings live(Section job) {
    if (LiveSettings.isLive(job)) {
      return LiveSettings.read(job, RecommendationJob.NAME, RulesType.INSTANCE);
    }
    String name = job.text("name", RecommendationJob.NAME);
    return EpochSettings.fixed(name, LiveSettings.initial(job, RulesType.INSTANCE).orElse("{}"));
  }
}
