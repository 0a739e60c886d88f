package io.weir.operators.routing;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.operator.Epochs;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/** Numbers without an end, stamped by their senders and checked by their receivers. */
record RouteJob(EpochSettings settings, Way way, int receivers, Arrivals arrivals) {

  /** Takes a thousand records a second at most. */
  static final int SLOW_RECEIVER = 0;

  /** How records get to the receivers. */
  enum Way {
    ROUTED,
    /** As routed, to a {@link #SLOW_RECEIVER}. */
    TO_ONE_SLOW,
    /** By the newest version that a receiver knows of, at whatever moment. */
    UNCOORDINATED
  }

  void define(StreamExecutionEnvironment env) {
    Epochs epochs = Epochs.of(env, settings);
    DataStream<Long> numbers =
        env.fromSource(
                new NumberSequenceSource(0, Long.MAX_VALUE - 1),
                WatermarkStrategy.noWatermarks(),
                "numbers")
            .uid("numbers");
    DataStream<Routed> sent =
        epochs
            .process(numbers, "stamp", TypeInformation.of(Routed.class), new Stamp())
            .uid("stamp");
    epochs
        .process(
            way == Way.UNCOORDINATED ? uncoordinated(sent) : routed(sent, epochs),
            "check",
            Types.LONG,
            new Check(arrivals, way == Way.TO_ONE_SLOW))
        .setParallelism(receivers)
        .uid("check")
        .sinkTo(new DiscardingSink<>())
        .setParallelism(receivers)
        .uid("discard");
  }

  private static DataStream<Routed> routed(DataStream<Routed> sent, Epochs epochs) {
    return Routing.route(sent, new RoutingSettings(epochs, TableType.INSTANCE, "route"));
  }

  private DataStream<Routed> uncoordinated(DataStream<Routed> sent) {
    Arrivals shared = arrivals;
    return sent.partitionCustom(
        (id, n) -> (int) (shared.counts().newestKnown.get() % 2) * (n / 2) + (int) (id % (n / 2)),
        Routed::id);
  }

  /** Writes the version that the sender is under onto each number. */
  // Handed a configuration before the first record.
  @SuppressWarnings("NullAway.Init")
  static final class Stamp extends ProcessFunction<Long, Routed>
      implements Configured<RoutingTable> {
    private static final long serialVersionUID = 1;
    private transient long version;

    @Override
    public ConfigurationType<RoutingTable> configurationType() {
      return TableType.INSTANCE;
    }

    @Override
    public void configure(VersionedConfiguration<RoutingTable> next) {
      version = next.version();
    }

    @Override
    public void processElement(
        Long number, ProcessFunction<Long, Routed>.Context context, Collector<Routed> out) {
      out.collect(new Routed(number, version));
    }
  }

  /** Counts what arrives where its version does not send it, or under another version. */
  // Handed a configuration before the first record.
  @SuppressWarnings("NullAway.Init")
  static final class Check extends ProcessFunction<Routed, Long>
      implements Configured<RoutingTable> {
    private static final long serialVersionUID = 1;

    private final Arrivals arrivals;
    private final boolean oneSlow;
    private transient int receiver;
    private transient int[] weights;
    private transient VersionedConfiguration<RoutingTable> configuration;

    Check(Arrivals arrivals, boolean oneSlow) {
      this.arrivals = arrivals;
      this.oneSlow = oneSlow;
    }

    @Override
    public ConfigurationType<RoutingTable> configurationType() {
      return TableType.INSTANCE;
    }

    @Override
    public void configure(VersionedConfiguration<RoutingTable> next) {
      configuration = next;
      receiver = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
      weights =
          next.value().fitted(getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
      arrivals.counts().newestKnown.accumulateAndGet(next.version(), Math::max);
    }

    @Override
    public void processElement(
        Routed row, ProcessFunction<Routed, Long>.Context context, Collector<Long> out)
        throws InterruptedException {
      if (oneSlow && receiver == SLOW_RECEIVER) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      Arrivals.Counts counts = arrivals.counts();
      if (row.version() != configuration.version()) {
        counts.underWrongVersion.increment();
      } else if (weights[receiver] == 0) {
        counts.onWrongChannel.increment();
      }
      counts.arrived(row.version(), receiver);
    }
  }
}
