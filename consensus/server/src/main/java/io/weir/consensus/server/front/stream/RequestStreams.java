package io.weir.consensus.server.front.stream;

import io.weir.consensus.server.front.admission.FrontLimits;
import io.weir.consensus.server.front.admission.Reception;
import io.weir.consensus.server.front.admission.Visitor;
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
   * Takes a connection over, of somebody who may ask anything: what a stranger sends is not to be
   * read, so his request is refused like any other.
   *
   * @return whether its request asks for it, with a token that is known
   */
  public boolean take(Request request, Response response, Callback callback) {
    if (!request.getHeaders().contains(HttpHeader.UPGRADE)
        || !Request.getPathInContext(request).equals(PATH)) {
      return false;
    }
    Visitor visitor = reception.visitor(request.getHeaders().get(HttpHeader.AUTHORIZATION));
    if (visitor.token() == null) {
      return false;
    }
    return upgrades.upgrade(
        (WebSocketNegotiator) (asked, answer, negotiated) -> stream(visitor),
        request,
        response,
        callback,
        this::configure);
  }

  private RequestStream stream(Visitor visitor) {
    return new RequestStream(reception, visitor, limits, executor, this::opened);
  }

  /** Not before: of what never opens nobody hears again. */
  private void opened(RequestStream stream) {
    open.add(stream);
    CompletableFuture<?> unused = stream.end().thenRun(() -> open.remove(stream));
    if (closing) {
      stream.finish();
    }
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
