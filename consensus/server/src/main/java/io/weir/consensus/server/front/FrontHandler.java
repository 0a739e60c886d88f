package io.weir.consensus.server.front;

import io.weir.consensus.server.endpoints.HttpAnswer;
import io.weir.consensus.server.front.admission.Admission;
import io.weir.consensus.server.front.admission.FrontLimits;
import io.weir.consensus.server.front.admission.Problems;
import io.weir.consensus.server.front.admission.Reception;
import io.weir.consensus.server.front.stream.RequestStreams;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes single requests from Jetty, and hands over connections that will bring many.
 *
 * <p>Up to the body this is done by the thread that waits for all connections, which is sooner than
 * to wake another one. Whatever has a body goes to a thread of its own then: a document, or what
 * its schema asks for, may take long to check.
 */
final class FrontHandler extends Handler.Abstract {

  private final Reception reception;
  private final RequestStreams streams;
  private final FrontLimits limits;
  private final Executor executor;

  FrontHandler(Reception reception, RequestStreams streams, FrontLimits limits, Executor executor) {
    super(InvocationType.NON_BLOCKING);
    this.reception = reception;
    this.streams = streams;
    this.limits = limits;
    this.executor = executor;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (request.isSecure() && streams.take(request, response, callback)) {
      return true;
    }
    Admission admission =
        reception.admit(
            reception.visitor(request.getHeaders().get(HttpHeader.AUTHORIZATION)),
            request.getMethod(),
            Request.getPathInContext(request),
            request.getLength());
    CompletableFuture<?> unused =
        answer(request, admission)
            .exceptionally(Problems::of)
            .thenCompose(answer -> whenSent(request, answer))
            .thenAcceptAsync(
                answer -> {
                  reception.answered(admission, answer, request.getHeadersNanoTime());
                  send(answer, request, response, callback);
                },
                executor);
    return true;
  }

  private CompletableFuture<HttpAnswer> answer(Request request, Admission admission) {
    Optional<HttpAnswer> refusal =
        request.isSecure() ? admission.refusal() : Optional.of(Problems.plainHttp());
    if (refusal.isPresent()) {
      return CompletableFuture.completedFuture(refusal.get());
    }
    String query = request.getHttpURI().getQuery();
    if (!admission.hasBody()) {
      return reception.answer(admission, query, new byte[0]);
    }
    return RequestBody.read(request, limits)
        .thenComposeAsync(
            body ->
                body.refusal()
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> reception.answer(admission, query, body.bytes())),
            executor);
  }

  /** The answer, once the request's body is out of its way. */
  private CompletableFuture<HttpAnswer> whenSent(Request request, HttpAnswer answer) {
    // Who was too slow is not waited for again.
    return answer.status() == HttpStatus.REQUEST_TIMEOUT_408
        ? CompletableFuture.completedFuture(answer)
        : Remainder.discard(request, limits).thenApply(nothing -> answer);
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
}
