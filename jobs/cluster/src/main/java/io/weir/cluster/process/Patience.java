package io.weir.cluster.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Waits for what processes will do, and no longer than a limit.
 *
 * @param limit far more than it takes on any healthy machine
 * @param needed none of these may end meanwhile
 */
public record Patience(Duration limit, List<Service> needed) {

  private static final Duration POLL = Duration.ofMillis(100);

  /** A question that may have no answer yet; one that cannot be had for an error is none either. */
  public interface Question<T> {
    Optional<T> ask() throws IOException, InterruptedException;
  }

  public Patience {
    needed = List.copyOf(needed);
  }

  public static Patience of(Duration limit) {
    return new Patience(limit, List.of());
  }

  /** Asks until there is an answer. */
  public <T> T await(String what, Question<T> question) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    IOException last = null;
    do {
      try {
        Optional<T> answer = question.ask();
        if (answer.isPresent()) {
          return answer.get();
        }
        last = null;
      } catch (IOException e) {
        last = e;
      }
      checkNeeded(what);
      Thread.sleep(POLL.toMillis());
    } while (System.nanoTime() - deadline < 0);
    String reason = last == null ? "" : ": " + last.getMessage();
    throw new IOException(what + " took longer than " + limit.toSeconds() + " s" + reason, last);
  }

  /** Asks until it is so. */
  public void until(String what, Question<Boolean> question)
      throws IOException, InterruptedException {
    var unused = await(what, () -> question.ask().filter(Boolean::booleanValue));
  }

  private void checkNeeded(String what) throws IOException {
    for (Service service : needed) {
      if (!service.isRunning()) {
        throw new IOException(
            service.name() + " ended while waiting for: " + what + "\n" + service.tail());
      }
    }
  }
}
