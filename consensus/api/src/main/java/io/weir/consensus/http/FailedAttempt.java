package io.weir.consensus.http;

import io.weir.consensus.StoreException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What an attempt that brought no answer says about the question. */
final class FailedAttempt {

  private FailedAttempt() {}

  /**
   * The failure in the words of the store: {@link StoreException.Unavailable} when the question
   * certainly never reached a node, else {@link StoreException.OutcomeUnknown}.
   */
  static StoreException of(URI node, Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof StoreException known) {
      return known;
    }
    String message = "node " + node.getAuthority() + ": " + explain(cause);
    return isBeforeSending(cause)
        ? new StoreException.Unavailable(message)
        : new StoreException.OutcomeUnknown(message);
  }

  private static boolean isBeforeSending(@Nullable Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof UnknownHostException
        || cause instanceof UnresolvedAddressException
        || cause instanceof SSLHandshakeException;
  }

  private static String explain(Throwable cause) {
    if (cause instanceof CancellationException) {
      return "no answer in time";
    }
    String name = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
  }
}
