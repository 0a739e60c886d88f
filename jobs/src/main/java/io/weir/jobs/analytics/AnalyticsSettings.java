package io.weir.jobs.analytics;

import io.weir.jobs.connectors.SinkSettings;
import io.weir.jobs.input.InputSettings;
import io.weir.jobs.live.LiveSettings;
import io.weir.jobs.settings.Section;
import io.weir.operators.epoch.EpochSettings;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the analytics job.
 *
 * @param input where records come from and what they look like
 * @param plan what is computed
 * @param live which document the plan's rules follow
 * @param sink where the results go
 * @param deadLetters where refused records go; null: nowhere, they are counted only
 */
record AnalyticsSettings(
    InputSettings input,
    PlanSettings plan,
    EpochSettings live,
    SinkSettings sink,
    @Nullable SinkSettings deadLetters) {

  /** Reads the settings; what is returned is used only if nothing was wrong. */
  static AnalyticsSettings read(Section job) {
    InputSettings input = InputSettings.read(job);
    PlanSettings plan = PlanSettings.read(job, input.schema());
    return new AnalyticsSettings(
        input,
        plan,
        live(job, plan),
        SinkSettings.read(job.section("sink"), AnalyticsJob.NAME + "-sink"),
        job.has("dead-letters")
            ? SinkSettings.read(job.section("dead-letters"), AnalyticsJob.NAME + "-dead-letters")
            : null);
  }

  private static EpochSettings live(Section job, PlanSettings plan) {
    return LiveSettings.isLive(job)
        ? LiveSettings.read(job, AnalyticsJob.NAME, plan.rules())
        : EpochSettings.fixed(job.text("name", AnalyticsJob.NAME), plan.fixedRules());
  }
}
