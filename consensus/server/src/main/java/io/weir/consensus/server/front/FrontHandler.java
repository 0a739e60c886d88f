package io.weir.consensus.server.front;

import io.weir.consensus.StoreException;
import io.weir.consensus.server.access.Token;
import io.weir.consensus.server.access.Tokens;
import io.weir.consensus.server.endpoints.HttpAnswer;
import io.weir.consensus.server.endpoints.Inquiry;
import io.weir.consensus.server.endpoints.NodeMetrics;
import io.weir.consensus.server.endpoints.Route;
import io.weir.consensus.server.endpoints.Routes;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests from Jetty, in this order: TLS, token, path, role, size, body, endpoint.
 *
 * <p>Up to the body this is done by the thread that waits for all connections, which is sooner than
 * to wake another one. Whatever has a body goes to a thread of its own then: a document, or what
 * its schema asks for, may take long to check.
 */
final class FrontHandler extends Handler.Abstract {

  private static final String BEARER = "Bearer ";
  private static final String NO_ROUTE = "unknown";

  private final Routes routes;
  private final Tokens tokens;
  private final NodeMetrics metrics;
  private final FrontLimits limits;
  private final Executor executor;

  FrontHandler(
      Routes routes, Tokens tokens, NodeMetrics metrics, FrontLimits limits, Executor executor) {
    super(InvocationType.NON_BLOCKING);
    this.routes = routes;
    this.tokens = tokens;
    this.metrics = metrics;
    this.limits = limits;
    this.executor = executor;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String method = request.getMethod();
    String path = Request.getPathInContext(request);
    Optional<Routes.Found> found = routes.find(method, path);
    String route = found.map(Routes.Found::route).map(Route::path).orElse(NO_ROUTE);
    CompletableFuture<?> unused =
        CompletableFuture.completedFuture(request)
            .thenCompose(asked -> answer(asked, found))
            .exceptionally(Problems::of)
            .thenCompose(answer -> whenSent(request, answer))
            .thenAcceptAsync(
                answer -> {
                  metrics.answered(
                      found.isPresent() ? method : NO_ROUTE,
                      route,
                      answer.status(),
                      System.nanoTime() - request.getHeadersNanoTime());
                  send(answer, request, response, callback);
                },
                executor);
    return true;
  }

  /** The answer, once the request's body is out of its way. */
  private CompletableFuture<HttpAnswer> whenSent(Request request, HttpAnswer answer) {
    // Who was too slow is not waited for again.
    return answer.status() == HttpStatus.REQUEST_TIMEOUT_408
        ? done(answer)
        : Remainder.discard(request, limits).thenApply(nothing -> answer);
  }

  private CompletableFuture<HttpAnswer> answer(Request request, Optional<Routes.Found> found) {
    if (!request.isSecure()) {
      return done(Problems.plainHttp());
    }
    Optional<Token> token = token(request).flatMap(tokens::find);
    boolean open = found.isPresent() && found.get().route().role() == null;
    if (token.isEmpty() && !open) {
      return done(Problems.unauthorized(explain(request)));
    }
    if (found.isEmpty()) {
      return done(routes.missing(request.getMethod(), Request.getPathInContext(request)));
    }
    return permitted(request, found.get(), token.orElse(null));
  }

  private static Optional<String> token(Request request) {
    return Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION))
        .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(header -> header.substring(BEARER.length()).strip());
  }

  private static String explain(Request request) {
    return token(request).isPresent()
        ? "the token is not known"
        : "a token is missing; send the header Authorization: Bearer <token>";
  }

  private CompletableFuture<HttpAnswer> permitted(
      Request request, Routes.Found found, @Nullable Token token) {
    Route route = found.route();
    if (route.role() != null && token != null && !token.role().may(route.role())) {
      return done(Problems.forbidden(token, route.role()));
    }
    if (request.getLength() > limits.bodyBytes()) {
      return done(Problems.tooLarge(request.getLength(), limits.bodyBytes()));
    }
    if (!route.changes()) {
      return answer(route, new Inquiry(found.job(), query(request), new byte[0], token));
    }
    return RequestBody.read(request, limits)
        .thenComposeAsync(
            body ->
                body.refusal()
                    .map(FrontHandler::done)
                    .orElseGet(
                        () ->
                            answer(
                                route,
                                new Inquiry(found.job(), query(request), body.bytes(), token))),
            executor);
  }

  private CompletableFuture<HttpAnswer> answer(Route route, Inquiry inquiry) {
    return CompletableFuture.completedFuture(inquiry)
        .thenCompose(route.answer())
        .exceptionally(Problems::of)
        .completeOnTimeout(
            Problems.noAnswer(route.changes()),
            limits.answer().toMillis() + inquiry.waitMillis(),
            TimeUnit.MILLISECONDS);
  }

  private static Map<String, String> query(Request request) {
    Map<String, String> query = new HashMap<>();
    try {
      for (Fields.Field field : Request.extractQueryParameters(request)) {
        query.put(field.getName(), field.getValue());
      }
    } catch (IllegalArgumentException | HttpException.RuntimeException e) {
      throw new StoreException.InvalidRequest("the query is not well formed: " + e.getMessage());
    }
    return query;
  }

  private static void send(
      HttpAnswer answer, Request request, Response response, Callback callback) {
    response.setStatus(answer.status());
    if (!request.consumeAvailable()) {
      // What is left of the body would be read as the next request, so Jetty closes: say so, or the
      // client sends that request into a closing connection.
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    answer.headers().forEach(response.getHeaders()::put);
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }

  private static CompletableFuture<HttpAnswer> done(HttpAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
