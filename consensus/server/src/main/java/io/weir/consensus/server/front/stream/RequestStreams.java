package io.weir.consensus.server.front.stream;

import io.weir.consensus.server.front.admission.FrontLimits;
import io.weir.consensus.server.front.admission.Reception;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.jspecify.annotations.Nullable;

/** Takes over connections whose first request asks for it, and has them end in order. */
public final class RequestStreams {

  public static final String PATH = "/v1/requests";

  private final Reception reception;
  private final FrontLimits limits;
  private final Executor executor;
  private final WebSocketMappings upgrades;
  private final Set<RequestStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  /**
   * Takes none yet.
   *
   * @param executor checks what is proposed, which may take long
   */
  public RequestStreams(Server server, Reception reception, FrontLimits limits, Executor executor) {
    this.reception = reception;
    this.limits = limits;
    this.executor = executor;
    this.upgrades =
        new WebSocketMappings(WebSocketServerComponents.ensureWebSocketComponents(server));
  }

  /**
   * Takes a connection over.
   *
   * @return whether its request asks for it
   */
  public boolean take(Request request, Response response, Callback callback) {
    if (!request.getHeaders().contains(HttpHeader.UPGRADE)
        || !Request.getPathInContext(request).equals(PATH)) {
      return false;
    }
    String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    return upgrades.upgrade(
        (WebSocketNegotiator) (asked, answer, negotiated) -> stream(authorization),
        request,
        response,
        callback,
        this::configure);
  }

  private RequestStream stream(@Nullable String authorization) {
    RequestStream stream =
        new RequestStream(reception, reception.visitor(authorization), limits, executor);
    open.add(stream);
    CompletableFuture<?> unused = stream.end().thenRun(() -> open.remove(stream));
    if (closing) {
      stream.finish();
    }
    return stream;
  }

  private void configure(Configuration connection) {
    connection.setIdleTimeout(limits.idle());
  }

  /** Refuses what still comes, sends the answers under way, and ends all connections. */
  public void close(long limitMillis) {
    closing = true;
    open.forEach(RequestStream::finish);
    CompletableFuture.allOf(
            open.stream().map(RequestStream::end).toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, limitMillis, TimeUnit.MILLISECONDS)
        .join();
  }
}
