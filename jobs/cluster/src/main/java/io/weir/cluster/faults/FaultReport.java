package io.weir.cluster.faults;

import io.weir.jobs.demo.balance.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a trial.
 *
 * @param fault its name
 * @param held how long it was broken
 * @param figures the account
 * @param recovery how long it took
 * @param objection what is wrong beside the account, if something is
 */
record FaultReport(
    String fault, Duration held, Figures figures, Recovery recovery, @Nullable String objection) {

  static String header() {
    return row(
        "fault", "held", "events", "lost", "doubled", "mixed", "results", "changes", "restored");
  }

  /** What the columns mean. */
  static List<String> legend() {
    return List.of(
        "events are those that were generated; results and changes: time from the fault until a",
        "checkpoint that began behind it was complete, and until a version agreed on behind it was"
            + " in",
        "force; restored: the checkpoint that the job went back to.");
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-50s%8s%10s%6s%9s%7s%12s%12s%10s", cells).stripTrailing();
  }

  boolean isGood() {
    return figures.balances() && objection == null;
  }

  /** A line of the table, and what is wrong. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        row(
            fault,
            seconds(held),
            String.format(Locale.ROOT, "%,d", figures.generated()),
            figures.lost(),
            figures.doubled(),
            figures.epochs().found(),
            seconds(recovery.results()),
            seconds(recovery.changes()),
            recovery.restored() == 0 ? "-" : recovery.restored()));
    figures.notes().forEach(note -> lines.add("  " + note));
    if (objection != null) {
      lines.add("  " + objection);
    }
    return lines;
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
