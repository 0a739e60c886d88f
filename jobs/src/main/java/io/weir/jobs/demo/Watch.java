package io.weir.jobs.demo;

import io.weir.jobs.demo.Progress.Places;
import io.weir.jobs.demo.rules.LiveRules;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Waits for one thing after the other, and shows the pipeline meanwhile. */
final class Watch {

  private static final Duration TICK = Duration.ofSeconds(1);

  /** Something that is waited for. */
  interface Condition {
    boolean holds() throws Exception;
  }

  private final ProgressReader reader;
  private final LiveRules rules;
  private final Screen screen;
  private final Stop stop;
  private final Places places;
  private final Duration length;
  private final long startNanos = System.nanoTime();

  Watch(
      ProgressReader reader,
      LiveRules rules,
      Screen screen,
      Stop stop,
      Places places,
      Duration length) {
    this.reader = reader;
    this.rules = rules;
    this.screen = screen;
    this.stop = stop;
    this.places = places;
    this.length = length;
  }

  /**
   * Waits.
   *
   * @param phase what is shown as being done
   * @throws TimeoutException if it takes too long
   */
  void until(String phase, Condition condition, Duration patience) throws Exception {
    long begin = System.nanoTime();
    while (!condition.holds()) {
      show(phase);
      if (System.nanoTime() - begin > patience.toNanos()) {
        throw new TimeoutException(phase + " took longer than " + patience.toSeconds() + " s");
      }
      stop.pause(TICK);
    }
    show(phase);
  }

  private void show(String phase) throws Exception {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    if (elapsed.multipliedBy(2).compareTo(length) > 0) {
      rules.change();
    }
    screen.show(
        new Progress(
            phase, elapsed, length, reader.events(), reader.stored(), rules.look(), places));
  }
}
