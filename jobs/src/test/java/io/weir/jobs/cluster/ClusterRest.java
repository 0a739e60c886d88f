package io.weir.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Uploads, starts and watches jobs through the REST API of a JobManager. */
final class ClusterRest {

  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  // RFC 7578, one part.
  private static final String BOUNDARY = "weir-job-jar";
  private static final String PART_START =
      """
      --%s\r
      Content-Disposition: form-data; name="jarfile"; filename="%s"\r
      Content-Type: application/java-archive\r
      \r
      """;
  private static final String PART_END = "\r\n--%s--\r\n";

  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  ClusterRest(URI address) {
    this.address = address;
  }

  /**
   * An answer of the JobManager.
   *
   * @param status of HTTP
   */
  record Answer(int status, JsonNode body) {

    JsonNode ifOk() throws IOException {
      if (status / 100 != 2) {
        throw new IOException("answered with status " + status + ": " + body);
      }
      return body;
    }
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address.resolve(path)).GET()).ifOk();
  }

  /** Hands a jar over and returns its id. */
  String upload(Path jar) throws IOException, InterruptedException {
    BodyPublisher body =
        BodyPublishers.concat(
            BodyPublishers.ofString(PART_START.formatted(BOUNDARY, jar.getFileName())),
            BodyPublishers.ofFile(jar),
            BodyPublishers.ofString(PART_END.formatted(BOUNDARY)));
    JsonNode answer =
        send(post("/jars/upload", "multipart/form-data; boundary=" + BOUNDARY, body)).ifOk();
    String stored = answer.path("filename").asText();
    return stored.substring(stored.lastIndexOf('/') + 1);
  }

  /** Runs the main class of a jar; the answer holds the job's id, or the errors. */
  Answer run(String jarId, List<String> arguments) throws IOException, InterruptedException {
    String body = JACKSON.writeValueAsString(Map.of("programArgsList", arguments));
    return send(post("/jars/" + jarId + "/run", "application/json", BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder post(String path, String contentType, BodyPublisher body) {
    return HttpRequest.newBuilder(address.resolve(path))
        .header("Content-Type", contentType)
        .POST(body);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), JACKSON.readTree(response.body()));
  }
}
