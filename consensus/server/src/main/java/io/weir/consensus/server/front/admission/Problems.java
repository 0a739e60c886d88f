package io.weir.consensus.server.front.admission;

import io.weir.consensus.StoreException;
import io.weir.consensus.http.wire.Problem;
import io.weir.consensus.server.access.Role;
import io.weir.consensus.server.access.Token;
import io.weir.consensus.server.endpoints.HttpAnswer;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The front's own refusals, and what it makes of failures. */
public final class Problems {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private static final HttpAnswer UNKNOWN_OUTCOME =
      refusal(new StoreException.OutcomeUnknown("the store did not say in time what happened"));

  private static final HttpAnswer NO_ANSWER =
      refusal(new StoreException.Unavailable("the store did not answer in time"));

  private static final String TOO_MUCH =
      "this connection holds too many answers that were not read; read them, and ask again";

  private static final HttpAnswer UNKNOWN_NOT_TAKEN =
      refusal(new StoreException.OutcomeUnknown(TOO_MUCH));

  private static final HttpAnswer NOT_TAKEN = refusal(new StoreException.Unavailable(TOO_MUCH));

  private Problems() {}

  public static HttpAnswer plainHttp() {
    return closing(
        HttpAnswer.of(
            Problem.of(
                400,
                "tls_required",
                "this port speaks HTTPS only; a token that was sent has been exposed")));
  }

  public static HttpAnswer unauthorized(String message) {
    return HttpAnswer.of(Problem.of(401, "unauthorized", message))
        .withHeader("WWW-Authenticate", "Bearer");
  }

  public static HttpAnswer forbidden(Token token, Role needed) {
    return HttpAnswer.of(
        Problem.of(
                403,
                "forbidden",
                "the token of "
                    + token
                    + " may not do this; the role "
                    + needed.word()
                    + " is needed")
            .with("role", token.role().word())
            .with("needed", needed.word()));
  }

  /**
   * A body that is not taken.
   *
   * @param bytes that are sent, or -1 when only more than allowed is known
   */
  public static HttpAnswer tooLarge(long bytes, int allowed) {
    String found = bytes < 0 ? "more than " + allowed : String.valueOf(bytes);
    Problem problem =
        Problem.of(
                413,
                "request_too_large",
                "the body has " + found + " bytes; at most " + allowed + " are allowed")
            .with("allowed_bytes", allowed);
    return closing(HttpAnswer.of(bytes < 0 ? problem : problem.with("bytes", bytes)));
  }

  public static HttpAnswer slowBody() {
    return closing(
        HttpAnswer.of(Problem.of(408, "request_timeout", "the body did not arrive in time")));
  }

  /** Where a client asks for much, and does not read it. */
  public static HttpAnswer notTaken(boolean changes) {
    return changes ? UNKNOWN_NOT_TAKEN : NOT_TAKEN;
  }

  /** For every request that begins, so it costs nothing. */
  public static HttpAnswer noAnswer(boolean changes) {
    return changes ? UNKNOWN_OUTCOME : NO_ANSWER;
  }

  /** A store's refusal; anything else is a fault of this node, and stays in its log. */
  public static HttpAnswer of(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof StoreException refusal) {
      return refusal(refusal);
    }
    LOG.warn("A request failed by a fault of this node", cause);
    return HttpAnswer.of(Problem.of(500, "internal", "a fault of this node; its log says more"));
  }

  private static HttpAnswer refusal(StoreException refusal) {
    return HttpAnswer.of(Problem.of(refusal));
  }

  private static HttpAnswer closing(HttpAnswer answer) {
    return answer.withHeader("Connection", "close");
  }
}
