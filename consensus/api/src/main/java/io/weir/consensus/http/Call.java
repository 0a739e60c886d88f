package io.weir.consensus.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.StoreException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call with all its attempts: to the node in use, and after each failure to the next, until one
 * answers or the time is over. Its attempts follow one another, so it needs no lock; only {@link
 * #close} comes from elsewhere.
 */
final class Call<T extends @Nullable Object> {

  private final HttpStore store;
  private final Question question;
  private final Function<ObjectNode, T> decode;
  private final long deadlineNanos;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private volatile Exchanges.@Nullable Sent sent;
  private int failures;
  private @Nullable StoreException lastFailure;

  /** Whether an attempt may have done, or may still do, what was asked. */
  private boolean open;

  Call(HttpStore store, Question question, Function<ObjectNode, T> decode, Duration limit) {
    this.store = store;
    this.question = question;
    this.decode = decode;
    this.deadlineNanos = System.nanoTime() + limit.toNanos();
  }

  CompletableFuture<T> result() {
    return result;
  }

  void attempt() {
    if (result.isDone()) {
      return;
    }
    URI node = store.nodes().current();
    Exchanges.Sent attempt =
        store.exchanges().send(node, question, limit(), reply -> conclude(node, reply));
    sent = attempt;
    if (result.isDone()) {
      attempt.cancel();
    }
  }

  /** What one attempt may take, and never longer than the call. */
  private Duration limit() {
    Duration attempt = store.settings().attemptLimit();
    Duration left = Duration.ofNanos(Math.max(1_000_000, deadlineNanos - System.nanoTime()));
    return attempt.compareTo(left) < 0 ? attempt : left;
  }

  private void conclude(URI node, Reply reply) {
    try {
      T value = reply.as(decode);
      store.answered();
      result.complete(value);
    } catch (StoreException e) {
      refused(node, e, reply.isAnswer());
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  private void refused(URI node, StoreException refusal, boolean said) {
    // What a node said tells more than that the time was over when it was asked again.
    lastFailure = said || lastFailure == null ? refusal : lastFailure;
    if (refusal instanceof StoreException.Unavailable) {
      again(node);
    } else if (refusal instanceof StoreException.OutcomeUnknown) {
      open |= question.changes();
      again(node);
    } else {
      store.answered();
      result.completeExceptionally(open && isOfThisNode(refusal) ? unknown(refusal) : refusal);
    }
  }

  /**
   * Whether another node could have decided otherwise: where an earlier attempt is open, such a
   * refusal does not say that nothing was done. All others are decided by the log, which finds an
   * earlier attempt by its request id.
   */
  private static boolean isOfThisNode(StoreException refusal) {
    return refusal instanceof StoreException.AccessDenied
        || refusal instanceof StoreException.InvalidConfiguration;
  }

  private void again(URI node) {
    store.nodes().leave(node);
    long millis = store.backoff().millisAfter(++failures);
    if (deadlineNanos - System.nanoTime() <= (millis + leastMillis()) * 1_000_000) {
      result.completeExceptionally(open ? unknown(lastFailure) : unavailable(lastFailure));
    } else {
      store.exchanges().after(millis, this::attempt);
    }
  }

  /** With less time left than this, another attempt would only be cut off. */
  private long leastMillis() {
    return store.settings().attemptLimit().toMillis() / 10;
  }

  private StoreException unknown(@Nullable StoreException last) {
    return new StoreException.OutcomeUnknown(
        "no node said whether it was done; the last answer: " + message(last));
  }

  private StoreException unavailable(@Nullable StoreException last) {
    return new StoreException.Unavailable(
        "no node could answer in "
            + (failures + 1)
            + " attempts; the last answer: "
            + message(last));
  }

  private static String message(@Nullable StoreException failure) {
    return failure == null ? "none" : String.valueOf(failure.getMessage());
  }

  /** Ends it, because the client is closed. */
  void close() {
    result.completeExceptionally(
        question.changes()
            ? new StoreException.OutcomeUnknown("the client was closed before an answer came")
            : Exchanges.closed());
    Exchanges.Sent attempt = sent;
    if (attempt != null) {
      attempt.cancel();
    }
  }
}
