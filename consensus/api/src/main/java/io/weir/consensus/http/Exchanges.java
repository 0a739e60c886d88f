package io.weir.consensus.http;

import io.weir.consensus.StoreException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends questions to nodes, each with a limit of time, over one connection to each node; and owns
 * the threads of a client.
 */
final class Exchanges implements AutoCloseable {

  private static final int THREADS = 2;
  private static final long IDLE_SECONDS = 10;

  private final String token;
  private final Duration connectLimit;
  private final ThreadPoolExecutor executor = executor();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, daemons("weir-store-timer"), new ThreadPoolExecutor.DiscardPolicy());
  private final Map<URI, NodeConnection> connections = new ConcurrentHashMap<>();

  // Until Java 21 an HTTP client can only be let go: its thread ends when it is collected.
  private volatile @Nullable HttpClient http;

  Exchanges(HttpStoreSettings settings) {
    this.token = settings.token();
    // Shorter than an attempt: then it is certain that nothing was sent.
    this.connectLimit = settings.attemptLimit().multipliedBy(3).dividedBy(4);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(settings.tls())
            .connectTimeout(connectLimit)
            .executor(executor)
            .build();
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Never shut down, for the HTTP client may still hand it work; its idle threads end. */
  private static ThreadPoolExecutor executor() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            daemons("weir-store-client"));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** A question on its way. */
  record Sent(NodeConnection connection, long number) {

    /** No conclusion is wanted any more; what it changes may be changed all the same. */
    void cancel() {
      connection.forget(number);
    }
  }

  /**
   * Sends a question to a node, which may take as long as the limit.
   *
   * @param conclude is called once, on a thread of this client, with an answer or a failure
   */
  Sent send(URI node, Question question, Duration limit, Consumer<Reply> conclude) {
    NodeConnection connection = connection(node);
    Asked asked = new Asked(question, conclude);
    long number = connection.ask(asked);
    asked.limitBy(
        timer.schedule(() -> connection.giveUp(number), limit.toMillis(), TimeUnit.MILLISECONDS));
    return new Sent(connection, number);
  }

  private NodeConnection connection(URI node) {
    NodeConnection known = connections.get(node);
    return known != null && !known.hasEnded() ? known : connections.compute(node, this::connect);
  }

  private NodeConnection connect(URI node, @Nullable NodeConnection known) {
    if (known != null && !known.hasEnded()) {
      return known;
    }
    NodeConnection made = new NodeConnection(node, executor);
    HttpClient client = http;
    if (client == null) {
      made.end(closed());
    } else {
      made.connect(client, token, connectLimit);
      if (http == null) {
        made.end(closed()); // meanwhile, by whom it was not seen
      }
    }
    return made;
  }

  /** Runs something later on a thread of this client, but not after {@link #close}. */
  void after(long millis, Runnable task) {
    Object unused = timer.schedule(() -> executor.execute(task), millis, TimeUnit.MILLISECONDS);
  }

  /** Runs something as soon as a thread is free. */
  void soon(Runnable task) {
    executor.execute(task);
  }

  static StoreException closed() {
    return new StoreException.Unavailable("the client is closed");
  }

  @Override
  public void close() {
    http = null;
    timer.shutdownNow();
    connections.values().forEach(connection -> connection.end(closed()));
    executor.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
  }
}
