package io.weir.jobs.demo;

import io.weir.jobs.demo.Progress.Count;
import io.weir.jobs.demo.Progress.Events;
import io.weir.jobs.demo.Progress.Places;
import io.weir.jobs.demo.Progress.Stored;
import io.weir.jobs.demo.Progress.Window;
import io.weir.jobs.demo.rules.LiveRules;
import io.weir.jobs.demo.rules.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lays the progress out for a terminal of 80 columns and 24 lines, or in one line. */
final class Dashboard {

  static final int COLUMNS = 79;

  /** Always drawn, empty or not, so that nothing jumps. */
  private static final int WINDOWS = 6;

  private static final String DEFINITION =
      "latency: from a window's end + lateness to the commit of its rows in PostgreSQL";

  private Dashboard() {}

  static List<String> frame(Progress progress) {
    List<String> lines = new ArrayList<>();
    lines.add(title(progress));
    lines.add("");
    lines.addAll(figures(progress.events(), progress.stored()));
    lines.addAll(rules(progress.rules()));
    lines.add("");
    lines.addAll(windows(progress.stored().windows()));
    lines.add("");
    lines.add(cut("last minute  by status " + counts(progress.stored().statuses())));
    lines.add(cut("             by url    " + counts(progress.stored().urls())));
    lines.add("");
    lines.add(DEFINITION);
    lines.addAll(places(progress.places()));
    return lines;
  }

  private static String title(Progress progress) {
    String left = "Weir demo: generator > Kafka > analytics > PostgreSQL";
    String right = state(progress);
    return left + " ".repeat(Math.max(1, COLUMNS - left.length() - right.length())) + right;
  }

  private static String state(Progress progress) {
    String state = progress.phase() + " " + clock(progress.elapsed());
    return progress.elapsed().compareTo(progress.length()) < 0
        ? state + " of " + clock(progress.length())
        : state;
  }

  private static String clock(Duration time) {
    return format("%d:%02d", time.toMinutes(), time.toSecondsPart());
  }

  private static List<String> figures(Events events, Stored stored) {
    return List.of(
        format(
            "generated     %,11d  %,8.0f/s     dead letters  %,9d",
            events.generated(), events.perSecond(), stored.deadLetters()),
        format(
            "rows stored   %,11d  %8.1f/s     latency       %9s",
            stored.rows(), stored.rowsPerSecond(), latency(stored)));
  }

  private static List<String> rules(Standing rules) {
    return List.of(cut(inForce(rules)), cut("  " + saying(rules)));
  }

  /** Since when, and how soon. */
  static String inForce(Standing rules) {
    return rules.version() == 0
        ? "no version in force yet"
        : format(
            "version %d in force on all %d subtasks since checkpoint %d, %,d ms after commit",
            rules.version(), rules.subtasks(), rules.checkpoint(), rules.delay().toMillis());
  }

  /** What it says; or what is wrong with a newer one. */
  static String saying(Standing rules) {
    String where = rules.rules().where();
    if (!rules.remark().isEmpty()) {
      return rules.remark();
    }
    return where == null ? "every event counts" : "where " + where;
  }

  /** Of the newest window that closed in its time. */
  private static String latency(Stored stored) {
    return stored.windows().stream()
        .filter(window -> window.latencyMillis() >= 0)
        .findFirst()
        .map(Dashboard::latency)
        .orElse("none yet");
  }

  private static String latency(Window window) {
    return window.latencyMillis() < 0 ? "" : format("%.1f s", window.latencyMillis() / 1e3);
  }

  private static List<String> windows(List<Window> windows) {
    List<String> lines = new ArrayList<>();
    lines.add("window    rules  requests  latency  200: hosts  p95 bytes  top urls");
    for (int i = 0; i < WINDOWS; i++) {
      lines.add(i < windows.size() ? line(windows.get(i)) : "");
    }
    return lines;
  }

  private static String line(Window window) {
    return cut(
        format(
            "%-8s  %-5s  %,8d  %7s  %,10d  %,9d  %s",
            window.start(),
            window.versions(),
            window.requests(),
            latency(window),
            window.hosts(),
            window.p95(),
            window.urls()));
  }

  private static String counts(List<Count> counts) {
    StringBuilder text = new StringBuilder();
    for (Count count : counts) {
      text.append(text.length() > 0 ? "  " : "")
          .append(format("%s %,d", count.what(), count.times()));
    }
    return text.toString();
  }

  /** One line for a log. */
  static String line(Progress progress) {
    return format(
        "%s: generated %,d (%,.0f/s), dead letters %,d, rows stored %,d (%.1f/s), latency %s",
        state(progress),
        progress.events().generated(),
        progress.events().perSecond(),
        progress.stored().deadLetters(),
        progress.stored().rows(),
        progress.stored().rowsPerSecond(),
        latency(progress.stored()));
  }

  /** Where to look closer, for a log. */
  static List<String> places(Places places) {
    return List.of(
        "web UI: " + places.webUi(),
        "rows:   " + places.psql(),
        "rules:  export WEIR_STORE=" + places.store(),
        "        echo 'where: status == 200' | ./weir config set " + LiveRules.JOB + " -");
  }

  private static String cut(String line) {
    return line.length() > COLUMNS ? line.substring(0, COLUMNS) : line;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
