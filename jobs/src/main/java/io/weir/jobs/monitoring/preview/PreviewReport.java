package io.weir.jobs.monitoring.preview;

import io.weir.operators.alert.rule.AlertRule;
import io.weir.operators.alert.rule.AlertRules;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in a table what would have fired, and below it what would not. */
public final class PreviewReport {

  private static final String[] NAMES = {
    "fired", "resolved", "since", "rule", "severity", "series", "value"
  };

  private final PrintWriter out;

  public PreviewReport(PrintWriter out) {
    this.out = out;
  }

  /** Prints it. */
  public void print(AlertRules rules, List<Transition> transitions) {
    List<FiredAlert> alerts = FiredAlert.of(transitions);
    if (!alerts.isEmpty()) {
      table(alerts);
      out.println();
    }
    out.println(sum(alerts, transitions));
    Set<String> fired =
        alerts.stream().map(alert -> alert.begin().rule()).collect(Collectors.toSet());
    String silent =
        rules.rules().stream()
            .map(AlertRule::name)
            .filter(name -> !fired.contains(name))
            .collect(Collectors.joining(", "));
    if (!silent.isEmpty()) {
      out.println("never fired: " + silent);
    }
    out.flush();
  }

  private static String sum(List<FiredAlert> alerts, List<Transition> transitions) {
    long pendingOnly =
        transitions.stream()
            .filter(row -> row.state().equals("resolved") && row.previous().equals("pending"))
            .count();
    long series = alerts.stream().map(alert -> alert.begin().series()).distinct().count();
    return "%s would have fired%s; %d more were pending and went away"
        .formatted(
            alerts.isEmpty() ? "no alert" : count(alerts.size(), "alert"),
            alerts.isEmpty() ? "" : ", on " + count(series, "series"),
            pendingOnly);
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 || what.endsWith("s") ? "" : "s");
  }

  private void table(List<FiredAlert> alerts) {
    List<String[]> rows = new ArrayList<>();
    rows.add(NAMES);
    alerts.forEach(alert -> rows.add(cells(alert)));
    int[] widths = new int[NAMES.length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private static String[] cells(FiredAlert alert) {
    Transition begin = alert.begin();
    Instant resolved = alert.resolved();
    return new String[] {
      begin.at().toString(),
      resolved == null ? "-" : resolved.toString(),
      begin.since().toString(),
      begin.rule(),
      begin.severity(),
      begin.series().replaceAll("\\p{Cntrl}+", " "),
      value(begin.value())
    };
  }

  private static String value(String value) {
    return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.4g", Double.parseDouble(value));
  }

  private static String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
