package io.weir.consensus.server.peers;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's end of the talk among nodes: asks the others, and answers them.
 *
 * <p>Thread-safe. Handlers and answers are called on the threads of connections, which must not be
 * blocked; questions to the node itself, on the thread that asks.
 */
public final class Peers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
  private static final int BACKLOG = 128;

  /** Far more than nodes; connections of strangers end within the limit of time. */
  private static final int MAX_INCOMING = 128;

  private final PeerSettings settings;
  private final Map<String, Function<byte[], CompletableFuture<byte[]>>> handlers =
      new ConcurrentHashMap<>();
  private final Map<String, Outgoing> outgoing = new ConcurrentHashMap<>();
  private final Set<Incoming> incoming = ConcurrentHashMap.newKeySet();
  private final ServerSocket server;
  private volatile boolean closed;

  /** Listens nowhere yet. */
  public Peers(PeerSettings settings) throws IOException {
    this.settings = settings;
    this.server = new ServerSocket();
  }

  /**
   * Listens at this node's own address.
   *
   * @throws IOException when it cannot be bound
   */
  public void start() throws IOException {
    server.setReuseAddress(true);
    server.bind(PeerSettings.parse(settings.address()), BACKLOG);
    start("peers-" + settings.address(), this::accept);
  }

  private void accept() {
    while (!closed) {
      try {
        Socket accepted = server.accept();
        start("peer-from-" + accepted.getPort(), () -> serve(accepted));
      } catch (IOException e) {
        if (!closed) {
          LOG.warn("A connection could not be accepted", e);
        }
      }
    }
  }

  private void serve(Socket accepted) {
    Incoming connection = new Incoming(settings, accepted, this::answer);
    incoming.add(connection);
    try {
      if (closed || incoming.size() > MAX_INCOMING) {
        LOG.warn("{} connections are open: one more is refused", MAX_INCOMING);
        connection.close();
      } else {
        connection.run();
      }
    } finally {
      incoming.remove(connection);
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Answers questions of a type from now on. */
  public void answer(String type, Function<byte[], CompletableFuture<byte[]>> handler) {
    handlers.put(type, handler);
  }

  /** Answers questions of a type no more. */
  public void leaveUnanswered(String type) {
    handlers.remove(type);
  }

  private CompletableFuture<byte[]> answer(String type, byte[] content) {
    Function<byte[], CompletableFuture<byte[]>> handler = handlers.get(type);
    if (handler == null) {
      return CompletableFuture.failedFuture(new PeerFailure("nobody answers to " + type));
    }
    try {
      return handler.apply(content);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Asks a node.
   *
   * @param address {@code host:port}
   * @return its answer; or {@link PeerFailure}, or a {@link java.util.concurrent.TimeoutException}
   *     within the limit
   */
  public CompletableFuture<byte[]> ask(String address, String type, byte[] content) {
    if (address.equals(settings.address())) {
      return answer(type, content).orTimeout(settings.limitMillis(), TimeUnit.MILLISECONDS);
    }
    if (closed) {
      return CompletableFuture.failedFuture(new PeerFailure("this node is closed"));
    }
    return outgoing
        .compute(
            address,
            (same, open) ->
                open == null || open.isReplaceable()
                    ? new Outgoing(settings, address).start()
                    : open)
        .ask(type, content);
  }

  /** Frees the port before it returns; questions that wait fail. */
  @Override
  public void close() {
    closed = true;
    try {
      server.close();
    } catch (IOException e) {
      LOG.warn("The port was not closed in order", e);
    }
    outgoing.values().forEach(Outgoing::close);
    incoming.forEach(Incoming::close);
  }
}
