package io.weir.consensus.server.front;

import io.weir.consensus.server.front.admission.FrontLimits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * What a client still sends of a body that nobody wants. It is read and thrown away before a
 * refusal is sent: a connection that is closed on bytes under way is reset, and the reset may
 * overtake the answer (RFC 9112, section 9.6).
 */
final class Remainder implements Runnable {

  /** Whoever sends more than this learns of the refusal by a closed connection. */
  private static final long MAX_BYTES = 16 << 20;

  private final Request request;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private long bytes;

  private Remainder(Request request) {
    this.request = request;
  }

  /**
   * Done when all is read, or when no more will be: too much, too slow, or broken off. Never fails.
   */
  static CompletableFuture<Void> discard(Request request, FrontLimits limits) {
    if (request.getHeaders().contains(HttpHeader.EXPECT)) {
      // Such a client waits for a word before it sends its body, and reading would be that word.
      return CompletableFuture.completedFuture(null);
    }
    Remainder remainder = new Remainder(request);
    remainder.run();
    return remainder.end.completeOnTimeout(null, limits.answer().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Reads what is there; Jetty calls again, one thread at a time, when there is more. */
  @Override
  public void run() {
    while (!end.isDone()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      bytes += chunk.remaining();
      chunk.release();
      if (chunk.isLast() || Content.Chunk.isFailure(chunk) || bytes > MAX_BYTES) {
        end.complete(null);
      }
    }
  }
}
