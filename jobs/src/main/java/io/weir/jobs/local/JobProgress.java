package io.weir.jobs.local;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows once a second how far a job is: records, records a second, share done, time. */
final class JobProgress {

  private static final Logger LOG = LoggerFactory.getLogger(JobProgress.class);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String name;
  private final SourceMetrics metrics;
  private final StatusLine line;
  private final long startNanos = System.nanoTime();
  private final Thread thread = new Thread(this::showUntilStopped, "weir-progress");
  private final CountDownLatch stopped = new CountDownLatch(1);

  private long lastNanos = startNanos;
  private long lastRecords;

  private JobProgress(String name, SourceMetrics metrics, StatusLine line) {
    this.name = name;
    this.metrics = metrics;
    this.line = line;
  }

  /** Shows the progress until it is stopped. */
  static JobProgress show(String name, SourceMetrics metrics, StatusLine line) {
    JobProgress progress = new JobProgress(name, metrics, line);
    progress.thread.setDaemon(true);
    progress.thread.start();
    return progress;
  }

  private void showUntilStopped() {
    try {
      while (!stopped.await(1, TimeUnit.SECONDS)) {
        showNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void showNow() throws InterruptedException {
    try {
      line.show(describe(metrics.read(), System.nanoTime()));
    } catch (IOException e) {
      // While the cluster starts and stops it does not answer; the next second asks again.
      LOG.debug("no metrics of {}", name, e);
    }
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
    stopped.countDown();
    thread.interrupt();
    thread.join(PATIENCE.toMillis());
    line.clear();
  }
}
