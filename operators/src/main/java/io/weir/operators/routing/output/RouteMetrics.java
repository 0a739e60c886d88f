package io.weir.operators.routing.output;

import java.util.List;
import java.util.function.ObjIntConsumer;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a sender shows of each channel: {@code channel.N.records} since the task began, and {@code
 * .backlog}, in buffers. Where a stream has several readers, {@code output.N.} stands before that.
 */
public final class RouteMetrics {

  private RouteMetrics() {}

  static void register(List<RouteOutput> outputs, MetricGroup operator) {
    forEach(
        outputs,
        operator,
        (group, i) -> {
          RouteOutput output = outputs.get(i);
          forEachChannel(
              output.channels(),
              group,
              (channel, n) -> {
                channel.gauge("records", (Gauge<Long>) () -> output.partitioner().records()[n]);
                channel.gauge("backlog", (Gauge<Integer>) () -> output.backlog().queued(n));
              });
        });
  }

  /** Names the group of each output. */
  public static void forEach(
      List<?> outputs, MetricGroup operator, ObjIntConsumer<MetricGroup> metrics) {
    for (int i = 0; i < outputs.size(); i++) {
      boolean alone = outputs.size() == 1;
      metrics.accept(alone ? operator : operator.addGroup("output", String.valueOf(i)), i);
    }
  }

  /** Names the group of each channel of an output. */
  public static void forEachChannel(
      int channels, MetricGroup output, ObjIntConsumer<MetricGroup> metrics) {
    for (int channel = 0; channel < channels; channel++) {
      metrics.accept(output.addGroup("channel", String.valueOf(channel)), channel);
    }
  }
}
