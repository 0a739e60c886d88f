package io.weir.consensus.http;

import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A question that waits for its answer; exactly one conclusion is drawn. */
final class Asked {

  private final Question question;
  private final Consumer<Reply> conclude;
  private final long askedNanos = System.nanoTime();
  private volatile @Nullable Future<?> timeout;
  private volatile boolean sent;
  private volatile boolean concluded;

  Asked(Question question, Consumer<Reply> conclude) {
    this.question = question;
    this.conclude = conclude;
  }

  Question question() {
    return question;
  }

  long askedNanos() {
    return askedNanos;
  }

  /** What ends the wait, unless a conclusion is drawn before. */
  void limitBy(Future<?> future) {
    timeout = future;
    if (concluded) {
      future.cancel(false);
    }
  }

  /** From now on a node may know of it. */
  void sending() {
    sent = true;
  }

  boolean isSent() {
    return sent;
  }

  void conclude(Reply reply) {
    forget();
    conclude.accept(reply);
  }

  /** Nobody waits for it any more. */
  void forget() {
    concluded = true;
    Future<?> future = timeout;
    if (future != null) {
      future.cancel(false);
    }
  }
}
