package io.weir.jobs.local;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a cluster something once a second, in a thread of its own, until it is stopped. */
final class EverySecond {

  private static final Logger LOG = LoggerFactory.getLogger(EverySecond.class);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** What is asked. */
  @FunctionalInterface
  interface Question {
    void ask() throws IOException, InterruptedException;
  }

  private final Question question;
  private final Thread thread;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private EverySecond(String name, Question question) {
    this.question = question;
    thread = new Thread(this::askUntilStopped, name);
  }

  /**
   * Begins to ask.
   *
   * @param name the thread's
   */
  static EverySecond ask(String name, Question question) {
    EverySecond asking = new EverySecond(name, question);
    asking.thread.setDaemon(true);
    asking.thread.start();
    return asking;
  }

  private void askUntilStopped() {
    try {
      while (!stopped.await(1, TimeUnit.SECONDS)) {
        askNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void askNow() throws InterruptedException {
    try {
      question.ask();
    } catch (IOException e) {
      // While the cluster starts and stops it does not answer; the next second asks again.
      LOG.debug("no answer for {}", thread.getName(), e);
    }
  }

  void stop() throws InterruptedException {
    stopped.countDown();
    thread.interrupt();
    thread.join(PATIENCE.toMillis());
  }
}
