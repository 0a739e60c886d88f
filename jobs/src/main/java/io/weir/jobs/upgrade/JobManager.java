package io.weir.jobs.upgrade;

import com.fasterxml.jackson.core.JacksonException;
import io.weir.jobs.local.Json;
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
import org.jspecify.annotations.Nullable;

/**
 * The REST API of a JobManager. An {@link IOException} means that there was no answer: whether the
 * request was carried out is not known.
 */
final class JobManager {

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

  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();

  JobManager(URI address) {
    this.address = address;
  }

  URI address() {
    return address;
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  Answer post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.write(body))));
  }

  /** Asks for a job's end; it comes later. */
  Answer cancel(String job) throws IOException, InterruptedException {
    return send(request("/jobs/" + job + "?mode=cancel").method("PATCH", BodyPublishers.noBody()));
  }

  Answer delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  /** Hands a jar over. */
  Answer upload(Path jar) throws IOException, InterruptedException {
    BodyPublisher body =
        BodyPublishers.concat(
            BodyPublishers.ofString(PART_START.formatted(BOUNDARY, jar.getFileName())),
            BodyPublishers.ofFile(jar),
            BodyPublishers.ofString(PART_END.formatted(BOUNDARY)));
    return send(
        request("/jars/upload")
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER_LIMIT);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() == UNAVAILABLE) {
      throw new IOException("the JobManager has no leader at the moment");
    }
    return new Answer(response.statusCode(), object(response.body()));
  }

  private static Map<?, ?> object(byte[] body) throws IOException {
    try {
      Object read = body.length == 0 ? null : Json.read(new ByteArrayInputStream(body));
      return read instanceof Map<?, ?> map ? map : Map.of();
    } catch (JacksonException e) {
      throw new IOException(
          "no JSON but " + new String(body, StandardCharsets.UTF_8).lines().findFirst(), e);
    }
  }

  /**
   * An answer.
   *
   * @param status of HTTP
   */
  record Answer(int status, Map<?, ?> body) {

    boolean isOk() {
      return status / 100 == 2;
    }

    boolean isUnknown() {
      return status == 404;
    }

    /** A value inside; null where there is none. */
    @Nullable Object at(String... path) {
      Object found = body;
      for (String name : path) {
        found = found instanceof Map<?, ?> map ? map.get(name) : null;
      }
      return found;
    }

    /** A text inside; empty where there is none. */
    String text(String... path) {
      Object found = at(path);
      return found == null ? "" : found.toString();
    }

    /** Why it was not done, in a line. */
    String error() {
      if (at("errors") instanceof List<?> errors && !errors.isEmpty()) {
        return Causes.innermost(String.valueOf(errors.get(errors.size() - 1)));
      }
      String trace = text("operation", "failure-cause", "stack-trace");
      return trace.isEmpty() ? "status " + status : Causes.innermost(trace);
    }
  }
}
