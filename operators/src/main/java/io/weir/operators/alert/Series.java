package io.weir.operators.alert;

/**
 * Which series; a key of streams.
 *
 * @param service the called one, where the series is an edge
 * @param operation the spans' name; empty for whole services and edges
 * @param caller the calling service; empty where the series is no edge
 */
public record Series(String service, String operation, String caller) {

  public static Series ofService(String service) {
    return new Series(service, "", "");
  }

  public static Series ofOperation(String service, String operation) {
    return new Series(service, operation, "");
  }

  public static Series ofEdge(String caller, String callee) {
    return new Series(callee, "", caller);
  }

  // Flink spreads keys by it, and savepoints hold them where it put them: it must be the same in
  // every JVM and every build. That of a record need not be.
  @Override
  public int hashCode() {
    return 31 * (31 * (31 + service.hashCode()) + operation.hashCode()) + caller.hashCode();
  }

  /** As people read it: {@code shop}, {@code shop GET /cart}, {@code web > shop}. */
  @Override
  public String toString() {
    String called = caller.isEmpty() ? service : caller + " > " + service;
    return operation.isEmpty() ? called : called + " " + operation;
  }
}
