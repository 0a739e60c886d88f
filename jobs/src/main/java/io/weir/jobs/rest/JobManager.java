package io.weir.jobs.rest;

import com.fasterxml.jackson.core.JacksonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The REST API of the JobManager that leads a cluster. Where there are several, each of them
 * answers for the one that leads; one that gives no answer is passed over. An {@link IOException}
 * means that there was no answer: whether the request was carried out, and how often, is not known.
 * So a request that changes something should bear an id of its own. For several threads.
 */
public final class JobManager {

  private static final int UNAVAILABLE = 503;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  // RFC 7578, one part.
  private static final String BOUNDARY = "weir-jar";
  private static final String PART_START =
      """
      --%s\r
      Content-Disposition: form-data; name="jarfile"; filename="%s"\r
      Content-Type: application/java-archive\r
      \r
      """;
  private static final String PART_END = "\r\n--%s--\r\n";

  private final List<URI> addresses;
  private final Duration answerLimit;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();

  public JobManager(URI address) {
    this(List.of(address));
  }

  /** One of several of the same cluster: at least one address. */
  public JobManager(List<URI> addresses) {
    this(addresses, ANSWER_LIMIT);
  }

  private JobManager(List<URI> addresses, Duration answerLimit) {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("a cluster has a JobManager");
    }
    this.addresses = List.copyOf(addresses);
    this.answerLimit = answerLimit;
  }

  /** The same, which waits for each answer for so long at most. */
  public JobManager within(Duration limit) {
    return new JobManager(addresses, limit);
  }

  public Answer get(String path) throws IOException, InterruptedException {
    return send(path, HttpRequest.Builder::GET);
  }

  /**
   * Gets what must be there.
   *
   * @throws IOException also if the answer says no
   */
  public Answer require(String path) throws IOException, InterruptedException {
    Answer answer = get(path);
    if (!answer.isOk()) {
      throw new IOException(path + ": " + answer.error());
    }
    return answer;
  }

  public Answer post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    BodyPublisher json = BodyPublishers.ofString(Json.write(body));
    return send(path, to -> to.header("Content-Type", "application/json").POST(json));
  }

  /** Asks for a job's end; it comes later. */
  public Answer cancel(String job) throws IOException, InterruptedException {
    return send("/jobs/" + job + "?mode=cancel", to -> to.method("PATCH", BodyPublishers.noBody()));
  }

  public Answer delete(String path) throws IOException, InterruptedException {
    return send(path, HttpRequest.Builder::DELETE);
  }

  /** Hands a jar over. */
  public Answer upload(Path jar) throws IOException, InterruptedException {
    BodyPublisher body =
        BodyPublishers.concat(
            BodyPublishers.ofString(PART_START.formatted(BOUNDARY, jar.getFileName())),
            BodyPublishers.ofFile(jar),
            BodyPublishers.ofString(PART_END.formatted(BOUNDARY)));
    String type = "multipart/form-data; boundary=" + BOUNDARY;
    return send("/jars/upload", to -> to.header("Content-Type", type).POST(body));
  }

  private Answer send(String path, UnaryOperator<HttpRequest.Builder> what)
      throws IOException, InterruptedException {
    IOException last = new IOException("no JobManager was asked");
    for (URI address : addresses) {
      try {
        HttpRequest.Builder to = HttpRequest.newBuilder(address.resolve(path));
        return send(what.apply(to.timeout(answerLimit)).build());
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() == UNAVAILABLE) {
        throw new IOException("it has no leader at the moment");
      }
      return new Answer(response.statusCode(), json(response.body()));
    } catch (IOException e) {
      // Java's own messages name neither the address nor what was asked; some have no text at all.
      throw new IOException(request.method() + " " + request.uri() + ": " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "no connection" : e.getMessage();
  }

  private static Object json(byte[] body) throws IOException {
    try {
      Object read = body.length == 0 ? null : Json.read(new ByteArrayInputStream(body));
      return read instanceof Map<?, ?> || read instanceof List<?> ? read : Map.of();
    } catch (JacksonException e) {
      throw new IOException(
          "no JSON but " + new String(body, StandardCharsets.UTF_8).lines().findFirst().orElse(""),
          e);
    }
  }
}
