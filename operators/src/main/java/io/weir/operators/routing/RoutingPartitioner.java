package io.weir.operators.routing;

import io.weir.operators.routing.select.Selector;
import java.util.Objects;
import org.apache.flink.runtime.io.network.api.writer.SubtaskStateMapper;
import org.apache.flink.runtime.plugable.SerializationDelegate;
import org.apache.flink.streaming.runtime.partitioner.StreamPartitioner;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends each record where the selector of its task says. The task's {@link RoutingOperator} finds
 * it at the {@link Handover}, and gives it another selector at each switch.
 */
// Its operator gives it a selector before the first record.
@SuppressWarnings("NullAway.Init")
final class RoutingPartitioner<T> extends StreamPartitioner<T> {

  private static final long serialVersionUID = 1;

  private final String route;

  private transient Selector selector;
  private transient long[] records;

  RoutingPartitioner(String route) {
    this.route = route;
    // Records in flight may not be handed to another receiver than they were sent to.
    disableUnalignedCheckpoints();
  }

  // Flink calls this in the task's thread, before it makes the task's operators.
  @Override
  public void setup(int channels) {
    super.setup(channels);
    records = new long[channels];
    Handover.offer(this);
  }

  @Override
  public int selectChannel(SerializationDelegate<StreamRecord<T>> record) {
    int channel = selector.next();
    records[channel]++;
    return channel;
  }

  void use(Selector next) {
    selector = next;
  }

  String route() {
    return route;
  }

  int channels() {
    return numberOfChannels;
  }

  /** Records that went over a channel; seen by other threads some time later. */
  long records(int channel) {
    return records[channel];
  }

  @Override
  public SubtaskStateMapper getDownstreamSubtaskStateMapper() {
    return SubtaskStateMapper.ROUND_ROBIN;
  }

  // Flink clones it for each output of each task.
  @Override
  public StreamPartitioner<T> copy() {
    return this;
  }

  @Override
  public boolean isPointwise() {
    return false;
  }

  // Flink lets outputs that it finds equal share one.
  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other)
        && other instanceof RoutingPartitioner<?> that
        && route.equals(that.route);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), route);
  }

  @Override
  public String toString() {
    return "ROUTE " + route;
  }
}
