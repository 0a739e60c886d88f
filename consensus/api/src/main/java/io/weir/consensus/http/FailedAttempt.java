package io.weir.consensus.http;

import io.weir.consensus.StoreException;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** What an attempt that brought no answer says about the question. */
final class FailedAttempt {

  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  private FailedAttempt() {}

  /**
   * The failure in the words of the store: {@link StoreException.AccessDenied} when the node takes
   * nothing from us, {@link StoreException.Unavailable} when the question certainly never reached
   * it, else {@link StoreException.OutcomeUnknown}.
   *
   * @param sent whether it was on its way
   */
  static StoreException of(URI node, Throwable failure, boolean sent) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = "node " + node.getAuthority() + ": " + explain(cause);
    if (status(cause) == UNAUTHORIZED) {
      return new StoreException.AccessDenied(message);
    }
    return sent
        ? new StoreException.OutcomeUnknown(message)
        : new StoreException.Unavailable(message);
  }

  private static String explain(Throwable cause) {
    if (cause instanceof CancellationException) {
      return "no answer in time";
    }
    int status = status(cause);
    if (status > 0) {
      return explain(status);
    }
    String name = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
  }

  private static String explain(int status) {
    return switch (status) {
      case UNAUTHORIZED -> "the token is not known";
      case NOT_FOUND ->
          "it takes no requests by WebSocket (status 404 at /v1/requests): it is of an older"
              + " release, and must be upgraded before its clients, or a proxy lets none through";
      default -> "status " + status + ", where a node would take requests";
    };
  }

  /** Of an answer to the attempt to connect; 0 for none. */
  private static int status(Throwable cause) {
    return cause instanceof WebSocketHandshakeException refused
        ? refused.getResponse().statusCode()
        : 0;
  }
}
