package io.weir.consensus.server.cli;

import io.weir.consensus.server.history.Violation;
import java.io.PrintWriter;
import java.util.List;

/** Shows a person why a history is not linearizable, and where to look. */
final class ViolationReport {

  private static final int SHOWN = 10;

  private ViolationReport() {}

  /**
   * @param kind what a register of this history is called
   */
  static void print(String kind, Violation violation, PrintWriter out) {
    out.printf(
        "%s %s: no order of the operations explains this answer (lines of call and answer):%n  %s%n",
        kind, violation.register(), violation.operation());
    out.printf(
        "All %,d answers before it can be explained; the last of them:%n",
        violation.answersBefore());
    print(violation.before(), out);
    out.println("Then it held, by what can be known (one of):");
    print(violation.states(), out);
    out.println("Also under way, so that they may have happened already or not yet:");
    print(violation.underWay(), out);
    out.println();
  }

  private static void print(List<?> items, PrintWriter out) {
    items.stream().limit(SHOWN).forEach(item -> out.println("  " + item));
    if (items.isEmpty()) {
      out.println("  none");
    } else if (items.size() > SHOWN) {
      out.printf("  and %,d more%n", items.size() - SHOWN);
    }
  }
}
