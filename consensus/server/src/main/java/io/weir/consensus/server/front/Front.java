package io.weir.consensus.server.front;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.http.PemTls;
import io.weir.consensus.log.LogStatus;
import io.weir.consensus.server.access.Tokens;
import io.weir.consensus.server.endpoints.Endpoints;
import io.weir.consensus.server.endpoints.NodeMetrics;
import io.weir.consensus.server.front.admission.FrontLimits;
import io.weir.consensus.server.front.admission.Reception;
import io.weir.consensus.server.front.stream.RequestStreams;
import java.io.IOException;
import java.net.BindException;
import java.util.function.Supplier;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers for one node over HTTPS, from construction to {@link #close}. It closes neither the store
 * nor anything else that it was given.
 */
public final class Front implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Front.class);

  private static final int MAX_THREADS = 16;
  private static final int MIN_THREADS = 4;

  /** For requests under way; whoever waits for a version is sent away before. */
  private static final long STOP_MILLIS = 1_000;

  /** For connections that clients keep open, on which nothing moves while the front stops. */
  private static final long STOP_IDLE_MILLIS = 200;

  private final Server server;
  private final Endpoints endpoints;
  private final RequestStreams streams;
  private final int port;

  /**
   * Starts to answer.
   *
   * @param status of the node's log, asked now and then; must not block
   * @throws IOException when the address cannot be bound
   * @throws IllegalArgumentException when a file of certificates or keys cannot be used
   */
  public Front(
      FrontSettings settings, ConfigurationStore store, Supplier<LogStatus> status, Tokens tokens)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("weir-front");
    threads.setDaemon(true);
    this.server = new Server(threads);
    ServerConnector connector = connector(server, settings);
    NodeMetrics metrics = new NodeMetrics(status);
    this.endpoints = new Endpoints(store, status, metrics, threads, settings.limits().watchers());
    Reception reception = new Reception(endpoints.routes(), tokens, metrics, settings.limits());
    this.streams = new RequestStreams(server, reception, settings.limits(), threads);
    FrontHandler handler = new FrontHandler(reception, streams, settings.limits(), threads);
    server.addConnector(connector);
    server.addBean(connectionLimit(settings.limits(), connector));
    server.setErrorHandler(new JsonErrors());
    server.setHandler(new GracefulHandler(handler));
    server.setStopTimeout(STOP_MILLIS);
    start(settings);
    this.port = connector.getLocalPort();
    LOG.info("The front listens at {}:{}", settings.host(), port);
  }

  private static ServerConnector connector(Server server, FrontSettings settings) {
    HttpConnectionFactory http = new HttpConnectionFactory(http(settings.limits()));
    SslConnectionFactory tls = new SslConnectionFactory(tls(settings), http.getProtocol());
    // A request without TLS is told so; it gets no further than that.
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new DetectorConnectionFactory(tls), http);
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.limits().idle().toMillis());
    connector.setShutdownIdleTimeout(STOP_IDLE_MILLIS);
    return connector;
  }

  private static NetworkConnectionLimit connectionLimit(
      FrontLimits limits, ServerConnector connector) {
    NetworkConnectionLimit limit = new NetworkConnectionLimit(limits.connections(), connector);
    limit.setEndPointIdleTimeout(limits.crowded().toMillis());
    return limit;
  }

  private static HttpConfiguration http(FrontLimits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.addCustomizer(new SecureRequestCustomizer(false));
    http.setRequestHeaderSize(limits.headerBytes());
    http.setSendServerVersion(false);
    // By it ./weir doctor compares clocks.
    http.setSendDateHeader(true);
    return http;
  }

  private static SslContextFactory.Server tls(FrontSettings settings) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(
        PemTls.context(settings.clientAuthority(), settings.certificate(), settings.key()));
    tls.setNeedClientAuth(settings.clientAuthority() != null);
    tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    return tls;
  }

  private void start(FrontSettings settings) throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw new IOException(
          "the front cannot listen at %s:%d: %s"
              .formatted(settings.host(), settings.port(), reason(e)),
          e);
    }
  }

  private static String reason(Exception failure) {
    return failure.getCause() instanceof BindException bind
        ? String.valueOf(bind.getMessage())
        : String.valueOf(failure.getMessage());
  }

  /** The port that is, or was, bound. */
  public int port() {
    return port;
  }

  /** Sends watches away, finishes what is under way, for at most a second, and stops. */
  @Override
  public void close() {
    endpoints.close();
    streams.close(STOP_MILLIS);
    try {
      server.stop();
    } catch (Exception e) {
      // Jetty declares no more than this; what was bound is free either way.
      LOG.warn("The front did not stop in order", e);
    }
  }
}
