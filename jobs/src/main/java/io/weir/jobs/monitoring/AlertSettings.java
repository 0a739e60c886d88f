package io.weir.jobs.monitoring;

import io.weir.jobs.live.LiveSettings;
import io.weir.jobs.monitoring.alerts.RulesDocument;
import io.weir.jobs.monitoring.alerts.RulesType;
import io.weir.jobs.settings.Section;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.InvalidConfigurationException;
import java.time.Duration;
import java.util.Optional;

/**
 * What a monitoring job looks for:
 *
 * <pre>
 * alerts:
 *   rules: rules.yaml    # without a store; by default those that come with Weir
 *   forget: 24h
 * </pre>
 *
 * <p>With a store, the rules are the job's live configuration, see {@link LiveSettings}.
 *
 * @param live which document the rules follow
 * @param forget after how long without calls a series is forgotten
 */
record AlertSettings(EpochSettings live, Duration forget) {

  private static final Duration DEFAULT_FORGET = Duration.ofHours(24);

  /**
   * Reads the keys; what is returned is used only if nothing was wrong.
   *
   * @param window the length of the windows
   */
  static AlertSettings read(Section job, Duration window) {
    Section alerts = job.sectionOrEmpty("alerts");
    EpochSettings live =
        LiveSettings.isLive(job)
            ? following(job, alerts)
            : EpochSettings.fixed(job.text("name", MonitoringJob.NAME), fixedRules(alerts));
    Duration forget = alerts.duration("forget", DEFAULT_FORGET);
    if (forget.compareTo(window) < 0) {
      alerts.problem("forget", "must be at least the length of a window");
    }
    alerts.done();
    return new AlertSettings(live, forget);
  }

  private static EpochSettings following(Section job, Section alerts) {
    if (alerts.has("rules")) {
      alerts.problem(
          "rules",
          "belong into the live configuration where there is a store; initial-configuration can"
              + " name the file");
    }
    EpochSettings live = LiveSettings.read(job, MonitoringJob.NAME, RulesType.RULES);
    return live.initialDocument() == null
        ? live.withInitialDocument(RulesDocument.defaults())
        : live;
  }

  private static String fixedRules(Section alerts) {
    Optional<String> document = LiveSettings.file(alerts, "rules");
    document.ifPresent(rules -> check(alerts, rules));
    return document.orElseGet(RulesDocument::defaults);
  }

  private static void check(Section alerts, String document) {
    try {
      var unused = RulesDocument.read(document);
    } catch (InvalidConfigurationException e) {
      alerts.problem("rules", String.valueOf(e.getMessage()));
    }
  }
}
