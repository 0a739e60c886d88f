package io.weir.consensus.server.front;

import io.weir.consensus.server.endpoints.HttpAnswer;
import io.weir.consensus.server.front.admission.FrontLimits;
import io.weir.consensus.server.front.admission.Problems;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/**
 * A body, or why there is none.
 *
 * @param bytes empty when it is refused
 */
record RequestBody(byte[] bytes, Optional<HttpAnswer> refusal) {

  /** Reads a body, with a bound on its size and on the time that it takes. */
  static CompletableFuture<RequestBody> read(Request request, FrontLimits limits) {
    CompletableFuture<byte[]> bytes = new CompletableFuture<>();
    Content.Source.asByteArrayAsync(
        request,
        limits.bodyBytes(),
        Promise.Invocable.from(
            InvocationType.NON_BLOCKING, bytes::complete, bytes::completeExceptionally));
    return bytes
        .orTimeout(limits.answer().toMillis(), TimeUnit.MILLISECONDS)
        .handle((read, failure) -> of(read, failure, limits));
  }

  private static RequestBody of(
      byte @Nullable [] bytes, @Nullable Throwable failure, FrontLimits limits) {
    if (bytes != null) {
      return new RequestBody(bytes, Optional.empty());
    }
    if (failure instanceof TimeoutException) {
      return refused(Problems.slowBody());
    }
    if (failure instanceof IllegalStateException) {
      // Jetty's word for a body that grows beyond the limit.
      return refused(Problems.tooLarge(-1, limits.bodyBytes()));
    }
    throw new CompletionException(failure);
  }

  private static RequestBody refused(HttpAnswer answer) {
    return new RequestBody(new byte[0], Optional.of(answer));
  }
}
