package io.weir.jobs.demo.rules;

import io.weir.jobs.analytics.AnalyticsRules;
import java.time.Duration;

/**
 * Which version is in force.
 *
 * @param version of the live configuration
 * @param checkpoint the one whose barrier it came with
 * @param subtasks how many are under it: all that are configured
 * @param delay from the store's agreement to the completed checkpoint
 * @param rules what it says
 * @param remark of a newer version that the job refuses, and why; else empty
 */
public record Standing(
    long version,
    long checkpoint,
    int subtasks,
    Duration delay,
    AnalyticsRules rules,
    String remark) {

  static final Standing NONE = new Standing(0, 0, 0, Duration.ZERO, AnalyticsRules.NONE, "");

  /** Nothing is in force yet. */
  public static Standing none() {
    return NONE;
  }

  Standing withRemark(String other) {
    return new Standing(version, checkpoint, subtasks, delay, rules, other);
  }
}
