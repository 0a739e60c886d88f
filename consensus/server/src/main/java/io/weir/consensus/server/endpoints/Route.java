package io.weir.consensus.server.endpoints;

import io.weir.consensus.server.access.Role;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint.
 *
 * @param path such as {@code /v1/jobs/{job}/history}
 * @param role what a token needs; null where no token is needed
 * @param answer answers, or throws or ends with a {@link io.weir.consensus.StoreException}; must
 *     not block
 */
public record Route(
    String method,
    String path,
    @Nullable Role role,
    Function<Inquiry, CompletableFuture<HttpAnswer>> answer) {

  private static final String JOB = "{job}";

  static Route get(
      String path, @Nullable Role role, Function<Inquiry, CompletableFuture<HttpAnswer>> answer) {
    return new Route("GET", path, role, answer);
  }

  /** Whether a request without an answer leaves open what became of it. */
  public boolean changes() {
    return !method.equals("GET");
  }

  /** The job of a path that this route answers, which is empty where it has none. */
  Optional<String> job(String actual) {
    int start = path.indexOf(JOB);
    if (start < 0) {
      return actual.equals(path) ? Optional.of("") : Optional.empty();
    }
    String before = path.substring(0, start);
    String after = path.substring(start + JOB.length());
    int length = actual.length() - before.length() - after.length();
    if (length < 1 || !actual.startsWith(before) || !actual.endsWith(after)) {
      return Optional.empty();
    }
    String job = actual.substring(start, start + length);
    return job.indexOf('/') < 0 ? Optional.of(job) : Optional.empty();
  }
}
