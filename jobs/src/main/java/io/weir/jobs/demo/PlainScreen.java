package io.weir.jobs.demo;

import io.weir.jobs.demo.rules.Standing;
import java.io.PrintWriter;
import java.time.Duration;

/** A line every 10 seconds, and one for each change of the rules, for logs and pipes. */
final class PlainScreen implements Screen {

  private static final Duration EVERY = Duration.ofSeconds(10);

  private final PrintWriter out;
  private Duration due = Duration.ZERO;
  private Standing rules = Standing.none();

  PlainScreen(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void show(Progress progress) {
    if (due.isZero()) {
      Dashboard.places(progress.places()).forEach(this::say);
      due = EVERY;
    } else if (progress.elapsed().compareTo(due) >= 0) {
      say(Dashboard.line(progress));
      due = due.plus(EVERY);
    }
    if (!progress.rules().equals(rules)) {
      rules = progress.rules();
      say(Dashboard.inForce(rules) + ": " + Dashboard.saying(rules));
    }
  }
}
