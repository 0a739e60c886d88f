package io.weir.jobs.local;

import java.time.Duration;
import java.util.Locale;

/** Shows once a second how far a job is: records, records a second, share done, time. */
final class JobProgress {

  private final String name;
  private final StatusLine line;
  private final long startNanos = System.nanoTime();
  private final EverySecond asking;

  private long lastNanos = startNanos;
  private long lastRecords;

  private JobProgress(String name, SourceMetrics metrics, StatusLine line) {
    this.name = name;
    this.line = line;
    asking =
        EverySecond.ask(
            "weir-progress", () -> line.show(describe(metrics.read(), System.nanoTime())));
  }

  /** Shows the progress until it is stopped. */
  static JobProgress show(String name, SourceMetrics metrics, StatusLine line) {
    return new JobProgress(name, metrics, line);
  }

  private String describe(SourceWork work, long nowNanos) {
    double seconds = (nowNanos - lastNanos) / 1e9;
    double rate = Math.max(0, work.records() - lastRecords) / seconds;
    lastNanos = nowNanos;
    lastRecords = work.records();
    return text(name, work, rate, Duration.ofNanos(nowNanos - startNanos));
  }

  static String text(String name, SourceWork work, double rate, Duration elapsed) {
    String counts =
        String.format(Locale.ROOT, "%s: %,d records, %,.0f/s", name, work.records(), rate);
    String share =
        work.share().isPresent()
            ? String.format(Locale.ROOT, ", %.0f %% done", 100 * work.share().getAsDouble())
            : "";
    return counts + share + ", " + clock(elapsed);
  }

  private static String clock(Duration elapsed) {
    return String.format(Locale.ROOT, "%d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart());
  }

  /** Ends the drawing and empties the line. */
  void stop() throws InterruptedException {
    asking.stop();
    line.clear();
  }
}
