package io.weir.jobs.dubbo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Takes spans by OTLP over HTTP and writes what the Collector's file exporter writes with {@code
 * format: proto}: each request, which has the form of a TracesData, behind its length.
 */
final class OtlpReceiver implements AutoCloseable {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int OK = 200;

  private final DataOutputStream file;
  private final HttpServer server;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  private OtlpReceiver(DataOutputStream file, HttpServer server) {
    this.file = file;
    this.server = server;
  }

  static OtlpReceiver start(Path file) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), 0);
    OtlpReceiver receiver =
        new OtlpReceiver(new DataOutputStream(Files.newOutputStream(file)), server);
    server.createContext("/v1/traces", receiver::receive);
    server.setExecutor(receiver.thread);
    server.start();
    return receiver;
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
  }

  // By one thread: requests do not mix in the file.
  private void receive(HttpExchange exchange) throws IOException {
    byte[] spans = exchange.getRequestBody().readAllBytes();
    file.writeInt(spans.length);
    file.write(spans);
    exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
    // An empty answer: everything was taken.
    exchange.sendResponseHeaders(OK, -1);
    exchange.close();
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    thread.shutdownNow();
    file.close();
  }
}
