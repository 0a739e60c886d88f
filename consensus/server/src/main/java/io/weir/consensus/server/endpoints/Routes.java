package io.weir.consensus.server.endpoints;

import io.weir.consensus.http.wire.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All endpoints of a node. */
public final class Routes {

  private final List<Route> routes;

  Routes(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /**
   * A route and the job of the path.
   *
   * @param job empty where the path has none
   */
  public record Found(Route route, String job) {}

  /** Asked with every request, so without a stream. */
  public Optional<Found> find(String method, String path) {
    for (Route route : routes) {
      if (route.method().equals(method)) {
        Optional<String> job = route.job(path);
        if (job.isPresent()) {
          return Optional.of(new Found(route, job.get()));
        }
      }
    }
    return Optional.empty();
  }

  /** Why there is no such route: no such path, or not with this method. */
  public HttpAnswer missing(String method, String path) {
    Set<String> methods = new TreeSet<>();
    routes.stream()
        .filter(route -> route.job(path).isPresent())
        .forEach(route -> methods.add(route.method()));
    if (methods.isEmpty()) {
      return HttpAnswer.of(
          Problem.of(404, "unknown_path", "there is no path " + shorten(path))
              .with("allowed", String.join(", ", paths())));
    }
    String allowed = String.join(", ", methods);
    return HttpAnswer.of(
            Problem.of(405, "method_not_allowed", method + " is not for " + shorten(path))
                .with("allowed", allowed))
        .withHeader("Allow", allowed);
  }

  private Set<String> paths() {
    Set<String> paths = new TreeSet<>();
    routes.forEach(route -> paths.add(route.path()));
    return paths;
  }

  private static String shorten(String path) {
    return path.length() <= 200 ? path : path.substring(0, 200) + "...";
  }
}
