package io.weir.consensus.http;

import io.weir.consensus.StoreException;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** What an attempt that brought no answer says about the question. */
final class FailedAttempt {

  private FailedAttempt() {}

  /**
   * The failure in the words of the store: {@link StoreException.Unavailable} when the question
   * certainly never reached a node, else {@link StoreException.OutcomeUnknown}.
   *
   * @param sent whether it was on its way
   */
  static StoreException of(URI node, Throwable failure, boolean sent) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = "node " + node.getAuthority() + ": " + explain(cause);
    return sent
        ? new StoreException.OutcomeUnknown(message)
        : new StoreException.Unavailable(message);
  }

  private static String explain(Throwable cause) {
    if (cause instanceof CancellationException) {
      return "no answer in time";
    }
    if (cause instanceof WebSocketHandshakeException refused) {
      return "status %d, where a node would take requests"
          .formatted(refused.getResponse().statusCode());
    }
    String name = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
  }
}
