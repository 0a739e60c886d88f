package io.weir.operators.routing;

import java.util.List;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a sender shows of its route, for each receiver: {@code channel.N.records}, {@code .share}
 * (of the records under the present table), {@code .backlog} (buffers), {@code .weight}. Where the
 * stream has several readers, {@code output.N.} stands before that.
 */
final class RoutingMetrics {

  private RoutingMetrics() {}

  static void register(List<Exit> exits, MetricGroup operator) {
    for (int i = 0; i < exits.size(); i++) {
      boolean alone = exits.size() == 1;
      register(exits.get(i), alone ? operator : operator.addGroup("output", String.valueOf(i)));
    }
  }

  private static void register(Exit exit, MetricGroup operator) {
    for (int i = 0; i < exit.channels(); i++) {
      int channel = i;
      MetricGroup group = operator.addGroup("channel", String.valueOf(channel));
      group.gauge("records", (Gauge<Long>) () -> exit.records(channel));
      group.gauge("share", (Gauge<Double>) () -> exit.share(channel));
      group.gauge("backlog", (Gauge<Integer>) () -> exit.backlog(channel));
      group.gauge("weight", (Gauge<Integer>) () -> exit.weight(channel));
    }
  }
}
