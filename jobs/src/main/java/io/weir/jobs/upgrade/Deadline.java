package io.weir.jobs.upgrade;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A moment until which something is asked for again and again. */
final class Deadline {

  private static final long PAUSE_MILLIS = 250;

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  static Deadline in(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos());
  }

  boolean isOver() {
    return System.nanoTime() - end >= 0;
  }

  void pause() throws InterruptedException {
    Thread.sleep(PAUSE_MILLIS);
  }

  /** A question to a JobManager that has an answer sooner or later. */
  @FunctionalInterface
  interface Question<T> {
    /** The answer; null where there is none yet. A JobManager that says nothing is asked again. */
    @Nullable T ask() throws IOException, InterruptedException;
  }

  /** The answer; null where there was none until the end. */
  <T> @Nullable T await(Question<T> question) throws InterruptedException {
    while (true) {
      try {
        T answer = question.ask();
        if (answer != null) {
          return answer;
        }
      } catch (IOException e) {
        // A JobManager that is replaced answers again.
      }
      if (isOver()) {
        return null;
      }
      pause();
    }
  }
}
