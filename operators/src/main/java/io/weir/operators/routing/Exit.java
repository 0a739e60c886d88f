package io.weir.operators.routing;

import io.weir.operators.routing.output.RouteOutput;
import io.weir.operators.routing.select.Backlog;
import io.weir.operators.routing.select.LeastBacklogSelector;
import io.weir.operators.routing.select.RandomSelector;
import io.weir.operators.routing.select.RoundRobinSelector;
import io.weir.operators.routing.select.Selector;
import io.weir.operators.routing.select.WeightedRandomSelector;
import io.weir.operators.routing.select.WeightedRoundRobinSelector;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One output of a task, and the table in force for it. */
final class Exit {

  private final RoutingPartitioner<?> partitioner;
  private final Backlog backlog;
  private final SplittableRandom random;

  private @Nullable RoutingTable present;
  private int[] weights = {};
  private long[] recordsAtSwitch;
  private @Nullable Selector selector;

  /** Begins with no table. */
  Exit(RouteOutput output) {
    partitioner = (RoutingPartitioner<?>) output.partitioner();
    backlog = output.backlog();
    random = new SplittableRandom(output.seed());
    recordsAtSwitch = new long[partitioner.channels()];
  }

  int channels() {
    return partitioner.channels();
  }

  /** From the next record on. A new version of the configuration may bring the same table again. */
  void use(RoutingTable table) {
    if (table.equals(present)) {
      return;
    }
    present = table;
    partitioner.takeBack();
    weights = table.fitted(channels());
    Selector next = selector(table);
    selector = next;
    recordsAtSwitch = partitioner.records();
    partitioner.use(next);
  }

  private Selector selector(RoutingTable table) {
    int start = random.nextInt(Integer.MAX_VALUE);
    return switch (table.strategy()) {
      case RANDOM -> new RandomSelector(weights, random);
      case WEIGHTED_RANDOM -> new WeightedRandomSelector(weights, random);
      case ROUND_ROBIN -> new RoundRobinSelector(weights, start);
      case WEIGHTED_ROUND_ROBIN ->
          selector instanceof WeightedRoundRobinSelector before
              ? before.followedBy(weights, start)
              : new WeightedRoundRobinSelector(weights, start);
      case LEAST_BACKLOG -> new LeastBacklogSelector(weights, table.draws(), backlog, random);
    };
  }

  int weight(int channel) {
    return weights[channel];
  }

  /** The part of all records under the present table that went over a channel. */
  double share(int channel) {
    long[] before = recordsAtSwitch;
    long[] now = partitioner.records();
    long all = Arrays.stream(now).sum() - Arrays.stream(before).sum();
    return all == 0 ? 0 : (double) (now[channel] - before[channel]) / all;
  }
}
