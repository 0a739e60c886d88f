package io.weir.operators.routing.output;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.operator.EpochOperator;
import io.weir.operators.epoch.operator.EpochSwitch;
import io.weir.operators.epoch.operator.Epochs;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.io.RecordWriterOutput;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Steers the partitioners of its route by the configuration in force. It stands behind the last
 * operator of its chain: what that and those in front of it emit before a barrier still goes by the
 * old configuration. Records go through it as they are, or past it (see {@link Siding}).
 *
 * @param <C> what the configuration says about the route
 */
// Flink calls join and open before anything else.
@SuppressWarnings("NullAway.Init")
public abstract class RouteOperator<T, C> extends AbstractStreamOperator<T>
    implements OneInputStreamOperator<T, T>, EpochOperator, Configured<C> {

  private static final long serialVersionUID = 1;

  /** How many records that take the {@link Shortcut} are counted together. */
  private static final int COUNTED_AT_ONCE = 64;

  private final ConfigurationType<C> type;
  private final String route;
  private transient EpochSwitch epochs;
  private transient @Nullable RecordWriterOutput<T> shortcut;
  private transient Counter recordsOut;
  private transient int uncounted;

  protected RouteOperator(ConfigurationType<C> type, String route) {
    this.type = type;
    this.route = route;
  }

  /**
   * Leads a stream to the partitioner of this operator's route.
   *
   * @param name of the operator
   */
  public final DataStream<T> attach(
      DataStream<T> stream, Epochs epochs, String name, RoutePartitioner<T> partitioner) {
    Siding<T> siding = Siding.of(stream);
    SingleOutputStreamOperator<T> holder =
        epochs.transform(siding.signals(route), name, stream.getType(), this).uid(route);
    // Without the same parallelism there would be no chain.
    if (siding.senders().isParallelismConfigured()) {
      holder.setParallelism(siding.senders().getParallelism());
    }
    return siding.lead(holder.getTransformation(), partitioner);
  }

  @Override
  public final void join(EpochSwitch joined) {
    epochs = joined;
  }

  @Override
  public final ConfigurationType<C> configurationType() {
    return type;
  }

  @Override
  public final void open() throws Exception {
    super.open();
    shortcut = Shortcut.of(output);
    recordsOut = getMetricGroup().getIOMetricGroup().getNumRecordsOutCounter();
    List<RouteOutput> outputs = RouteOutputs.of(route, getContainingTask());
    begin(outputs);
    epochs.open(this);
    RouteMetrics.register(outputs, getMetricGroup());
    started();
  }

  /** Takes the outputs of this task; a configuration follows. */
  protected abstract void begin(List<RouteOutput> outputs);

  /** The first configuration is in force. */
  protected abstract void started();

  protected final String route() {
    return route;
  }

  @Override
  public final void processElement(StreamRecord<T> element) {
    RecordWriterOutput<T> writer = shortcut;
    if (writer == null) {
      output.collect(element);
      return;
    }
    writer.collect(element);
    if (++uncounted == COUNTED_AT_ONCE) {
      count();
    }
  }

  private void count() {
    recordsOut.inc(uncounted);
    uncounted = 0;
  }

  @Override
  public final void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    super.prepareSnapshotPreBarrier(checkpoint);
    count();
    epochs.switchAt(checkpoint);
  }

  @Override
  public final void finish() throws Exception {
    super.finish();
    count();
  }
}
