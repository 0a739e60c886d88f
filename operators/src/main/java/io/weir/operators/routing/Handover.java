package io.weir.operators.routing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Where the operators of a task find the partitioners of its outputs. Flink makes those first, out
 * of bytes, and tells nobody of them; but it does both in the task's thread, which is no other
 * task's. What lies here goes away with the thread if nobody takes it.
 */
final class Handover {

  private static final ThreadLocal<List<RoutingPartitioner<?>>> OFFERED =
      ThreadLocal.withInitial(ArrayList::new);

  private Handover() {}

  static void offer(RoutingPartitioner<?> partitioner) {
    OFFERED.get().add(partitioner);
  }

  /** Takes away those of a route, in the order of the task's outputs. */
  static List<RoutingPartitioner<?>> take(String route) {
    List<RoutingPartitioner<?>> taken = new ArrayList<>();
    Iterator<RoutingPartitioner<?>> offered = OFFERED.get().iterator();
    while (offered.hasNext()) {
      RoutingPartitioner<?> partitioner = offered.next();
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
