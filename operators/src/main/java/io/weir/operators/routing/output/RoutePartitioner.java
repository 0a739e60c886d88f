package io.weir.operators.routing.output;

import java.util.Objects;
import org.apache.flink.runtime.io.network.api.writer.SubtaskStateMapper;
import org.apache.flink.streaming.runtime.partitioner.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * A partitioner that a {@link RouteOperator} of the same task steers. Counts the records of each
 * channel.
 */
// Flink calls setup before anything else.
@SuppressWarnings("NullAway.Init")
public abstract class RoutePartitioner<T> extends StreamPartitioner<T> {

  private static final long serialVersionUID = 1;

  private final String route;
  private transient long[] records;

  protected RoutePartitioner(String route) {
    this.route = route;
    // Records in flight may not be handed to another receiver than they were sent to.
    disableUnalignedCheckpoints();
  }

  // Flink calls this in the task's thread, before it makes the task's operators.
  @Override
  public final void setup(int channels) {
    super.setup(channels);
    records = new long[channels];
    begin();
    Handover.offer(this);
  }

  /** The number of channels is known; no operator yet. */
  protected void begin() {}

  /** Counts a record that goes over a channel. */
  protected final int counted(int channel) {
    records[channel]++;
    return channel;
  }

  /** Counts the first of these channels, each for a record that went over it. */
  protected final void count(char[] channels, int sent) {
    for (int i = 0; i < sent; i++) {
      records[channels[i]]++;
    }
  }

  public final String route() {
    return route;
  }

  public final int channels() {
    return numberOfChannels;
  }

  /** Records that went over a channel; seen by other threads some time later. */
  public long records(int channel) {
    return records[channel];
  }

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
