package io.weir.jobs.rest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a JobManager, or an object inside of one.
 *
 * @param status of HTTP
 * @param body a JSON object or array; an empty object where it was neither
 */
public record Answer(int status, Object body) {

  public boolean isOk() {
    return status / 100 == 2;
  }

  public boolean isUnknown() {
    return status == 404;
  }

  /** A value inside, itself where nothing is named; null where there is none. */
  public @Nullable Object at(String... path) {
    Object found = body;
    for (String name : path) {
      found = found instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return found;
  }

  /** A text inside; empty where there is none. */
  public String text(String... path) {
    Object found = at(path);
    return found == null ? "" : found.toString();
  }

  /** A whole number inside; 0 where there is none. */
  public long number(String... path) {
    return at(path) instanceof Number number ? number.longValue() : 0;
  }

  /** The objects of an array, inside or the answer itself; none where there is no array. */
  public List<Answer> objects(String... path) {
    return at(path) instanceof List<?> list
        ? list.stream().map(each -> new Answer(status, each)).toList()
        : List.of();
  }

  /** Why it was not done, in a line. */
  public String error() {
    if (at("errors") instanceof List<?> errors && !errors.isEmpty()) {
      return Causes.innermost(String.valueOf(errors.get(errors.size() - 1)));
    }
    String trace = text("operation", "failure-cause", "stack-trace");
    return trace.isEmpty() ? "status " + status : Causes.innermost(trace);
  }
}
