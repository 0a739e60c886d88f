package io.weir.jobs.analytics;

import io.weir.jobs.connectors.SinkSettings;
import io.weir.jobs.input.InputSettings;
import io.weir.jobs.settings.Section;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the analytics job.
 *
 * @param input where records come from and what they look like
 * @param plan what is computed
 * @param sink where the results go
 * @param deadLetters where refused records go; null: nowhere, they are counted only
 */
record AnalyticsSettings(
    InputSettings input, PlanSettings plan, SinkSettings sink, @Nullable SinkSettings deadLetters) {

  /** Reads the settings; what is returned is used only if nothing was wrong. */
  static AnalyticsSettings read(Section job) {
    InputSettings input = InputSettings.read(job);
    return new AnalyticsSettings(
        input,
        PlanSettings.read(job, input.schema()),
        SinkSettings.read(job.section("sink"), AnalyticsJob.NAME + "-sink"),
        job.has("dead-letters")
            ? SinkSettings.read(job.section("dead-letters"), AnalyticsJob.NAME + "-dead-letters")
            : null);
  }
}
