package io.weir.consensus.server.front.admission;

import io.weir.consensus.server.access.Role;
import io.weir.consensus.server.access.Token;
import io.weir.consensus.server.access.Tokens;
import io.weir.consensus.server.endpoints.HttpAnswer;
import io.weir.consensus.server.endpoints.Inquiry;
import io.weir.consensus.server.endpoints.NodeMetrics;
import io.weir.consensus.server.endpoints.Route;
import io.weir.consensus.server.endpoints.Routes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at requests in this order: token, path, role, size; and has them answered. Thread-safe. */
public final class Reception {

  private static final String NO_ROUTE = "unknown";

  private final Routes routes;
  private final Tokens tokens;
  private final NodeMetrics metrics;
  private final FrontLimits limits;

  public Reception(Routes routes, Tokens tokens, NodeMetrics metrics, FrontLimits limits) {
    this.routes = routes;
    this.tokens = tokens;
    this.metrics = metrics;
    this.limits = limits;
  }

  /**
   * Who asks; of a connection, once for all that it brings.
   *
   * @param authorization the header; null for none
   */
  public Visitor visitor(@Nullable String authorization) {
    Optional<String> shown = Visitor.bearer(authorization);
    return new Visitor(shown.flatMap(tokens::find).orElse(null), shown.isPresent());
  }

  /**
   * Decides whether a request gets any further.
   *
   * @param bytes of the body, or -1 when that is not known
   */
  public Admission admit(Visitor visitor, String method, String path, long bytes) {
    Optional<Routes.Found> found = routes.find(method, path);
    Optional<HttpAnswer> refusal =
        found.isPresent()
            ? refusal(visitor, found.get().route(), bytes)
            : Optional.of(
                visitor.token() == null
                    ? Problems.unauthorized(visitor.explainRefusal())
                    : routes.missing(method, path));
    return new Admission(method, found, visitor.token(), refusal);
  }

  private Optional<HttpAnswer> refusal(Visitor visitor, Route route, long bytes) {
    Role needed = route.role();
    Token token = visitor.token();
    if (needed != null && token == null) {
      return Optional.of(Problems.unauthorized(visitor.explainRefusal()));
    }
    if (needed != null && token != null && !token.role().may(needed)) {
      return Optional.of(Problems.forbidden(token, needed));
    }
    return bytes > limits.bodyBytes()
        ? Optional.of(Problems.tooLarge(bytes, limits.bodyBytes()))
        : Optional.empty();
  }

  /**
   * Answers a request that was let in, within the limit of time; never fails.
   *
   * @param query as it came; null for none
   */
  public CompletableFuture<HttpAnswer> answer(
      Admission admission, @Nullable String query, byte[] body) {
    Routes.Found found = admission.found().orElseThrow();
    try {
      Inquiry inquiry = new Inquiry(found.job(), Query.parse(query), body, admission.token());
      return found
          .route()
          .answer()
          .apply(inquiry)
          .exceptionally(Problems::of)
          .completeOnTimeout(
              Problems.noAnswer(found.route().changes()),
              limits.answer().toMillis() + inquiry.waitMillis(),
              TimeUnit.MILLISECONDS);
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(Problems.of(e));
    }
  }

  /**
   * Counts an answer.
   *
   * @param beganNanos when its request came
   */
  public void answered(Admission admission, HttpAnswer answer, long beganNanos) {
    Optional<Route> route = admission.found().map(Routes.Found::route);
    metrics.answered(
        route.isPresent() ? admission.method() : NO_ROUTE,
        route.map(Route::path).orElse(NO_ROUTE),
        answer.status(),
        System.nanoTime() - beganNanos);
  }
}
