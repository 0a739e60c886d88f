package io.weir.jobs.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Asks the REST API of a Flink cluster. */
final class FlinkRest {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final URI address;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  FlinkRest(URI address) {
    this.address = address;
  }

  /** The answer, which is a JSON object. */
  Map<?, ?> object(String path) throws IOException, InterruptedException {
    return (Map<?, ?>) get(path);
  }

  /** The answer, which is a JSON array of objects. */
  List<Map<?, ?>> objects(String path) throws IOException, InterruptedException {
    return objectsIn(get(path));
  }

  static List<Map<?, ?>> objectsIn(Object array) {
    return ((List<?>) array).stream().<Map<?, ?>>map(Map.class::cast).toList();
  }

  private Object get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT).build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      Object answer = response.statusCode() == 200 ? Json.read(body) : null;
      if (answer == null) {
        throw new IOException(path + " was answered with status " + response.statusCode());
      }
      return answer;
    }
  }
}
