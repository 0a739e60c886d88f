package io.weir.jobs.demo;

import io.weir.jobs.demo.rules.Standing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What can be seen of the pipeline at one moment.
 *
 * @param phase what the demo is doing
 * @param elapsed since events are generated
 * @param length how long they are
 * @param rules which version of the rules is in force
 * @param places where to look closer
 */
record Progress(
    String phase,
    Duration elapsed,
    Duration length,
    Events events,
    Stored stored,
    Standing rules,
    Places places) {

  /**
   * What the generator does.
   *
   * @param perSecond mean of the last seconds
   */
  record Events(long generated, double perSecond) {}

  /**
   * What PostgreSQL holds.
   *
   * @param rowsPerSecond mean of the last 10 seconds
   * @param windows the newest, newest first
   * @param statuses requests by status in the last minute, most frequent first
   * @param urls requests by URL in the last minute, most frequent first
   */
  record Stored(
      long rows,
      double rowsPerSecond,
      long deadLetters,
      List<Window> windows,
      List<Count> statuses,
      List<Count> urls) {

    static final Stored NOTHING = new Stored(0, 0, 0, List.of(), List.of(), List.of());

    Stored {
      windows = List.copyOf(windows);
      statuses = List.copyOf(statuses);
      urls = List.copyOf(urls);
    }
  }

  /**
   * One window.
   *
   * @param start as {@code HH:mm:ss}, in UTC
   * @param versions that its events were processed under, such as {@code 1} or {@code 1-2}
   * @param requests of all statuses
   * @param hosts of status 200
   * @param p95 bytes of status 200
   * @param urls of status 200 with their requests, most frequent first
   * @param latencyMillis from the window's end plus the lateness to the commit of its rows; below 0
   *     where the stream's end closed the window early
   */
  record Window(
      String start,
      String versions,
      long requests,
      long hosts,
      long p95,
      String urls,
      long latencyMillis) {}

  /** How often something was seen. */
  record Count(String what, long times) {}

  /**
   * Where to look closer.
   *
   * @param webUi of Flink
   * @param psql a command
   * @param store the file that {@code weir config} needs
   * @param stamps the folder of the analytics job's stamps
   */
  record Places(String webUi, String psql, Path store, Path stamps) {}
}
