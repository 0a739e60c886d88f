package io.weir.operators.routing.output;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Where the operators of a task find the partitioners of its outputs. Flink makes those first, out
 * of bytes, and tells nobody of them; but it does both in the task's thread, which is no other
 * task's. What lies here goes away with the thread if nobody takes it.
 */
final class Handover {

  private static final ThreadLocal<List<RoutePartitioner<?>>> OFFERED =
      ThreadLocal.withInitial(ArrayList::new);

  private Handover() {}

  static void offer(RoutePartitioner<?> partitioner) {
    OFFERED.get().add(partitioner);
  }

  /** Takes away those of a route, in the order of the task's outputs. */
  static List<RoutePartitioner<?>> take(String route) {
    List<RoutePartitioner<?>> taken = new ArrayList<>();
    Iterator<RoutePartitioner<?>> offered = OFFERED.get().iterator();
    while (offered.hasNext()) {
      RoutePartitioner<?> partitioner = offered.next();
      if (partitioner.route().equals(route)) {
        taken.add(partitioner);
        offered.remove();
      }
    }
    if (OFFERED.get().isEmpty()) {
      OFFERED.remove();
    }
    return taken;
  }
}
