package io.weir.consensus.http;

import io.weir.consensus.StoreException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends questions to nodes, each with a limit of time, and owns the threads of a client. */
final class Exchanges implements AutoCloseable {

  private static final int THREADS = 2;
  private static final long IDLE_SECONDS = 10;

  private final String token;
  private final ThreadPoolExecutor executor = executor();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, daemons("weir-store-timer"), new ThreadPoolExecutor.DiscardPolicy());

  // Until Java 21 an HTTP client can only be let go: its thread ends when it is collected.
  private volatile @Nullable HttpClient http;

  Exchanges(HttpStoreSettings settings) {
    this.token = settings.token();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(settings.tls())
            // Shorter than an attempt: then it is certain that nothing was sent.
            .connectTimeout(settings.attemptLimit().multipliedBy(3).dividedBy(4))
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
  record Sent(Future<?> exchange, Future<?> concluded) {

    /** Lets go of the connection, too. */
    void cancel() {
      exchange.cancel(true);
    }
  }

  /**
   * Sends a question to a node, which may take as long as the limit.
   *
   * @param conclude is called once, on a thread of this client, with an answer or a failure
   */
  Sent send(URI node, Question question, Duration limit, Consumer<Reply> conclude) {
    HttpClient client = http;
    if (client == null) {
      Reply reply = Reply.failed(closed());
      CompletableFuture<?> refused =
          CompletableFuture.runAsync(() -> conclude.accept(reply), executor);
      return new Sent(refused, refused);
    }
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    CompletableFuture<HttpResponse<byte[]>> exchange = begin(client, node, question, answer);
    Future<?> timeout = schedule(limit.toMillis(), () -> exchange.cancel(true));
    CompletableFuture<?> unused =
        exchange.whenComplete(
            (response, failure) -> {
              if (failure != null) {
                executor.execute(() -> answer.complete(Reply.failed(node, failure)));
              }
            });
    CompletableFuture<?> concluded =
        answer.thenAccept(
            reply -> {
              timeout.cancel(false);
              conclude.accept(reply);
            });
    return new Sent(exchange, concluded);
  }

  /**
   * Begins an exchange, and ends it when the body is there: Java would end it on a thread that it
   * starts for that alone where there are one or two processors.
   */
  private CompletableFuture<HttpResponse<byte[]>> begin(
      HttpClient client, URI node, Question question, CompletableFuture<Reply> answer) {
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(
            question.to(node, token), response -> body(node, response, arrived, answer));
    CompletableFuture<?> unused = arrived.thenRun(() -> exchange.complete(null));
    return exchange;
  }

  /**
   * Answers as soon as the body is there, on the thread that read it; the exchange itself would say
   * so later.
   */
  private static BoundedBody body(
      URI node,
      HttpResponse.ResponseInfo response,
      CompletableFuture<Void> arrived,
      CompletableFuture<Reply> answer) {
    BoundedBody body = new BoundedBody(() -> arrived.complete(null));
    CompletionStage<?> unused =
        body.getBody()
            .thenAccept(bytes -> answer.complete(Reply.of(node, response.statusCode(), bytes)));
    return body;
  }

  /** Runs something later on a thread of this client, but not after {@link #close}. */
  void after(long millis, Runnable task) {
    Future<?> unused = schedule(millis, () -> executor.execute(task));
  }

  private Future<?> schedule(long millis, Runnable task) {
    return timer.schedule(task, millis, TimeUnit.MILLISECONDS);
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
    executor.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
  }
}
