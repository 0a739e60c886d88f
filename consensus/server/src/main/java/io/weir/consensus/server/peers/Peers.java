package io.weir.consensus.server.peers;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's end of the talk among nodes: asks the others, and answers them.
 *
 * <p>Thread-safe. Handlers and answers are called on the threads of connections, which must not be
 * blocked but by {@link #whenRead}; questions to the node itself, on the thread that asks.
 */
public final class Peers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
  private static final int BACKLOG = 128;

  /** Far more than nodes; beyond it the one goes from which least is to be expected. */
  private static final int MAX_INCOMING = 128;

  /** Where no file can be opened, the next attempt fails as well. */
  private static final long ACCEPT_PAUSE_MILLIS = 100;

  /** By how much a question may be given up after its limit of time. */
  private static final int MAX_LATE_MILLIS = 50;

  private final PeerSettings settings;
  private final Map<String, Function<byte[], CompletableFuture<byte[]>>> handlers =
      new ConcurrentHashMap<>();
  private final Map<String, Outgoing> outgoing = new ConcurrentHashMap<>();
  private final Set<Incoming> incoming = ConcurrentHashMap.newKeySet();
  private final ServerSocketChannel server;
  private volatile List<Runnable> whenRead = List.of();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean closed;

  /** Listens nowhere yet. */
  public Peers(PeerSettings settings) throws IOException {
    this.settings = settings;
    this.server = ServerSocketChannel.open();
  }

  /**
   * Listens at this node's own address.
   *
   * @throws IOException when it cannot be bound
   */
  public void start() throws IOException {
    server.socket().setReuseAddress(true);
    server.bind(PeerSettings.parse(settings.address()), BACKLOG);
    start("peers-" + settings.address(), this::accept);
    start("peers-limits-" + settings.address(), this::giveUpLate);
  }

  private void accept() {
    while (!closed) {
      try {
        SocketChannel accepted = server.accept();
        String name = "peer-from-" + accepted.socket().getPort();
        new ReadingThread(() -> serve(accepted), name).start();
      } catch (IOException e) {
        if (!closed) {
          LOG.warn("A connection could not be accepted", e);
          pause();
        }
      }
    }
  }

  private void pause() {
    try {
      boolean unused = stopped.await(ACCEPT_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One look at all questions now and then costs less than a timer for each. */
  private void giveUpLate() {
    long everyMillis = Math.max(1, Math.min(settings.limitMillis() / 10, MAX_LATE_MILLIS));
    try {
      while (!stopped.await(everyMillis, TimeUnit.MILLISECONDS)) {
        outgoing.values().forEach(Outgoing::giveUpLate);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(SocketChannel accepted) {
    Incoming connection = new Incoming(settings, accepted, this::answer, this::read);
    makeRoom();
    incoming.add(connection);
    try {
      if (closed) {
        connection.close();
      } else {
        connection.run();
      }
    } finally {
      incoming.remove(connection);
    }
  }

  /**
   * Strangers, and nodes that are gone without a word, are not to keep the members out: of those
   * that were never greeted, or else of all, the one goes that has been silent for longest.
   */
  private synchronized void makeRoom() {
    if (incoming.size() >= MAX_INCOMING) {
      LOG.warn("{} connections are open: the most silent one is closed", MAX_INCOMING);
      incoming.stream()
          .max(Comparator.comparing(Incoming::isStranger).thenComparingLong(Incoming::silentNanos))
          .ifPresent(this::drop);
    }
  }

  private void drop(Incoming connection) {
    incoming.remove(connection);
    connection.close();
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

  /**
   * Does something whenever all that had come by a connection was handed on, one work after the
   * other, on the thread that reads it, which hands on nothing meanwhile.
   */
  public void whenRead(Runnable... works) {
    whenRead = List.of(works);
  }

  private void read() {
    for (Runnable work : whenRead) {
      work.run();
      ReadingThread.sendHeld();
    }
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
    CompletableFuture<byte[]> answer = gather(address, type, content);
    sendGathered(address);
    return answer;
  }

  /**
   * Asks another node, together with what else is asked until {@link #sendGathered}, which the
   * caller must call; else like {@link #ask}.
   */
  public CompletableFuture<byte[]> gather(String address, String type, byte[] content) {
    return closed
        ? CompletableFuture.failedFuture(new PeerFailure("this node is closed"))
        : connection(address).gather(type, content);
  }

  /** Sends what was gathered for a node. */
  public void sendGathered(String address) {
    Outgoing open = outgoing.get(address);
    if (open != null) {
      open.flush();
    }
  }

  /** Tells another node something that it does not answer, when {@link #gather} would ask. */
  public void tell(String address, String type, byte[] content) {
    if (!closed) {
      connection(address).tell(type, content);
    }
  }

  private Outgoing connection(String address) {
    return outgoing.compute(
        address,
        (same, open) ->
            open == null || open.isReplaceable()
                ? new Outgoing(settings, same, this::read).start()
                : open);
  }

  /** Frees the port before it returns; questions that wait fail. */
  @Override
  public void close() {
    closed = true;
    stopped.countDown();
    try {
      server.close();
    } catch (IOException e) {
      LOG.warn("The port was not closed in order", e);
    }
    outgoing.values().forEach(Outgoing::close);
    incoming.forEach(Incoming::close);
  }
}
