package io.weir.cluster.rest;

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

/**
 * A client of the JobManagers of one cluster. Each of them answers for the one that leads; who does
 * not answer is passed over. For several threads.
 */
public final class FlinkRest {

  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
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

  private final List<URI> addresses;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();

  public FlinkRest(List<URI> addresses) {
    this.addresses = List.copyOf(addresses);
  }

  /**
   * An answer of a JobManager.
   *
   * @param status of HTTP
   */
  public record Answer(int status, JsonNode body) {

    public JsonNode ifOk() throws IOException {
      if (status / 100 != 2) {
        throw new IOException("answered with status " + status + ": " + body);
      }
      return body;
    }
  }

  private interface Request {
    HttpRequest.Builder to(URI jobManager) throws IOException;
  }

  /**
   * Asks for something.
   *
   * @throws IOException if nobody answers, or the answer is an error
   */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return askAny(at -> HttpRequest.newBuilder(at.resolve(path)).GET()).ifOk();
  }

  /** Sends a JSON object. */
  public Answer post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    String json = JACKSON.writeValueAsString(body);
    return askAny(at -> post(at, path, "application/json", BodyPublishers.ofString(json)));
  }

  /**
   * Hands a jar over, to one JobManager: the others do not have it.
   *
   * @return the jar, to be run there
   */
  public UploadedJar upload(Path jar) throws IOException, InterruptedException {
    URI jobManager = anyThatAnswers();
    BodyPublisher body =
        BodyPublishers.concat(
            BodyPublishers.ofString(PART_START.formatted(BOUNDARY, jar.getFileName())),
            BodyPublishers.ofFile(jar),
            BodyPublishers.ofString(PART_END.formatted(BOUNDARY)));
    String type = "multipart/form-data; boundary=" + BOUNDARY;
    String stored =
        send(post(jobManager, "/jars/upload", type, body)).ifOk().path("filename").asText();
    return new UploadedJar(jobManager, stored.substring(stored.lastIndexOf('/') + 1));
  }

  /** A jar that a JobManager has. */
  public record UploadedJar(URI jobManager, String id) {}

  /** Runs the main class of a jar; the answer holds {@code jobid}, or {@code errors}. */
  public Answer run(UploadedJar jar, List<String> arguments)
      throws IOException, InterruptedException {
    String body = JACKSON.writeValueAsString(Map.of("programArgsList", arguments));
    String path = "/jars/" + jar.id() + "/run";
    return send(post(jar.jobManager(), path, "application/json", BodyPublishers.ofString(body)));
  }

  private URI anyThatAnswers() throws IOException, InterruptedException {
    IOException last = new IOException("there is no JobManager");
    for (URI jobManager : addresses) {
      try {
        var unused = send(HttpRequest.newBuilder(jobManager.resolve("/overview"))).ifOk();
        return jobManager;
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  /** The answer of the first JobManager that gives one other than that it cannot. */
  private Answer askAny(Request request) throws IOException, InterruptedException {
    IOException last = new IOException("there is no JobManager");
    for (URI jobManager : addresses) {
      try {
        Answer answer = send(request.to(jobManager));
        if (answer.status() != 503) {
          return answer;
        }
        last = new IOException(jobManager + " is not ready: " + answer.body());
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private static HttpRequest.Builder post(
      URI jobManager, String path, String contentType, BodyPublisher body) {
    return HttpRequest.newBuilder(jobManager.resolve(path))
        .header("Content-Type", contentType)
        .POST(body);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), JACKSON.readTree(response.body()));
  }
}
