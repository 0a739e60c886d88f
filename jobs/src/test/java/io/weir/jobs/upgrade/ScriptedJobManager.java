package io.weir.jobs.upgrade;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A JobManager that answers what a test says, and what is asked again with its last answer. */
public final class ScriptedJobManager implements AutoCloseable {

  private final Map<String, Deque<String>> answers = new LinkedHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private ScriptedJobManager(HttpServer server) {
    this.server = server;
  }

  /** Starts one that knows the job {@code old} of the jar {@code old.jar}, and takes any jar. */
  public static ScriptedJobManager start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ScriptedJobManager scripted = new ScriptedJobManager(server);
    server.createContext("/", scripted::answer);
    server.start();
    return scripted
        .on(
            "GET /jobs/old/config",
            "200 {'execution-config':{'job-parallelism':2,'user-config':{'weir.jar':'old.jar',"
                + "'weir.arguments':'{\\\"weir.arguments\\\":[\\\"analytics\\\"]}'}}}")
        .on(
            "GET /jobs/overview",
            "200 {'jobs':[{'jid':'old','name':'analytics','state':'RUNNING'}]}")
        .on("GET /jars", "200 {'files':[{'id':'old.jar'}]}")
        .on("POST /jars/upload", "200 {'filename':'/tmp/new.jar'}")
        .on("POST /jars/new.jar/plan", "200 {}")
        .on("DELETE /jars/new.jar", "200 {}");
  }

  /**
   * Answers requests whose line begins like this; who was told first comes first.
   *
   * @param answers status and body, with ' for "
   */
  public ScriptedJobManager on(String request, String... answers) {
    this.answers.put(request, new ArrayDeque<>(List.of(answers)));
    return this;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What was asked, method and path. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String line = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      exchange.getRequestBody().readAllBytes();
      requests.add(line);
      String answer = next(line);
      byte[] body = answer.substring(4).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String next(String line) {
    for (Map.Entry<String, Deque<String>> scripted : answers.entrySet()) {
      if (line.startsWith(scripted.getKey())) {
        Deque<String> left = scripted.getValue();
        return left.size() > 1 ? left.remove() : left.element();
      }
    }
    return "404 {'errors':['unknown']}";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
