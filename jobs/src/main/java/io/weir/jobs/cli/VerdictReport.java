package io.weir.jobs.cli;

import io.weir.operators.epoch.stamp.Stamp;
import io.weir.operators.epoch.verify.Sighting;
import io.weir.operators.epoch.verify.Verdict;
import io.weir.operators.epoch.verify.Violation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Shows a person what stamps say, and where to look.
 *
 * @param out takes the report
 */
record VerdictReport(PrintWriter out) {

  void print(Path folder, Verdict verdict) {
    verdict.violations().forEach(this::print);
    if (!verdict.isAccepted()) {
      out.printf(
          Locale.ROOT,
          "violations: %,d, of which %,d are shown%n",
          verdict.found(),
          verdict.violations().size());
    }
    out.printf(
        Locale.ROOT,
        "%s: %s; stamps: %,d, records: %,d, epochs: %,d, versions: %,d, restored subtasks: %,d%n",
        folder,
        verdict.isAccepted() ? "accepted" : "rejected",
        verdict.stamps(),
        verdict.records(),
        verdict.epochs(),
        verdict.versions(),
        verdict.restores());
  }

  private void print(Violation violation) {
    out.println(violation.rule().broken() + ":");
    print(violation.first());
    print(violation.second());
    out.println();
  }

  private void print(Sighting sighting) {
    Stamp stamp = sighting.stamp();
    out.printf(
        "  version %d: %s, line %d: record %s, operator %s, subtask %d, epoch %d%n",
        stamp.version(),
        sighting.file(),
        sighting.line(),
        stamp.record(),
        stamp.operator(),
        stamp.subtask(),
        stamp.epoch());
    out.printf(
        "    job %s, attempt %d%s%n",
        stamp.job(),
        stamp.attempt(),
        stamp.restored() == 0 ? "" : ", restored from checkpoint " + stamp.restored());
  }
}
