package io.weir.jobs.upgrade;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Passes requests on; the first answer to each kind of request that it is told of gets lost. */
final class LossyProxy implements AutoCloseable {

  private final URI target;
  private final List<String> toLose;
  private final List<String> lost = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  private LossyProxy(URI target, List<String> toLose, HttpServer server) {
    this.target = target;
    this.toLose = new CopyOnWriteArrayList<>(toLose);
    this.server = server;
  }

  /**
   * Starts one.
   *
   * @param endings of the paths of POST requests whose first answer gets lost
   */
  static LossyProxy start(URI target, String... endings) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    LossyProxy proxy = new LossyProxy(target, List.of(endings), server);
    server.createContext("/", proxy::pass);
    server.setExecutor(proxy.threads);
    server.start();
    return proxy;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The endings whose answer was lost. */
  List<String> lost() {
    return List.copyOf(lost);
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpResponse<byte[]> answer = client.send(request(exchange), BodyHandlers.ofByteArray());
      if (!loses(exchange)) {
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest request(HttpExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    return (type == null ? request : request.header("Content-Type", type)).build();
  }

  private boolean loses(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return exchange.getRequestMethod().equals("POST")
        && toLose.removeIf(ending -> path.endsWith(ending) && lost.add(ending));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
