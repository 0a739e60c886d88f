package io.weir.operators.routing.output;

import java.util.Objects;
import org.apache.flink.runtime.io.network.api.writer.SubtaskStateMapper;
import org.apache.flink.streaming.runtime.partitioner.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * A partitioner that a {@link RouteOperator} of the same task steers. It knows how many records
 * went over each channel.
 */
public abstract class RoutePartitioner<T> extends StreamPartitioner<T> {

  private static final long serialVersionUID = 1;

  private final String route;

  protected RoutePartitioner(String route) {
    this.route = route;
    // Records in flight may not be handed to another receiver than they were sent to.
    disableUnalignedCheckpoints();
  }

  // Flink calls this in the task's thread, before it makes the task's operators.
  @Override
  public final void setup(int channels) {
    super.setup(channels);
    begin();
    Handover.offer(this);
  }

  /** The number of channels is known; no operator yet. */
  protected abstract void begin();

  public final String route() {
    return route;
  }

  public final int channels() {
    return numberOfChannels;
  }

  /** Records that went over each channel; seen by other threads some time later. */
  public abstract long[] records();

  @Override
  public final SubtaskStateMapper getDownstreamSubtaskStateMapper() {
    return SubtaskStateMapper.ROUND_ROBIN;
  }

  // Flink clones it for each output of each task.
  @Override
  public final StreamPartitioner<T> copy() {
    return this;
  }

  @Override
  public final boolean isPointwise() {
    return false;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return super.equals(other)
        && other instanceof RoutePartitioner<?> that
        && route.equals(that.route);
  }

  @Override
  public final int hashCode() {
    return Objects.hash(super.hashCode(), route);
  }

  @Override
  public final String toString() {
    return "ROUTE " + route;
  }
}
