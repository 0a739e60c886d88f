package io.weir.operators.epoch;

import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.epoch.stamp.StampFiles;
import io.weir.operators.epoch.stamp.Stamping;
import io.weir.operators.epoch.stamp.Stamps;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * Numbers pass a configured operator, a router whose partitioner depends on the version, and
 * another configured operator; all of them stamp.
 *
 * @param end what stands behind them
 */
record StampedJob(
    EpochSettings settings,
    long numbers,
    Stamp.Pace pace,
    Path folder,
    MapFunction<RoutedNumber, RoutedNumber> end) {

  static final List<String> OPERATORS = List.of("first", "route", "second");

  StampedJob(EpochSettings settings, long numbers, Stamp.Pace pace, Path folder) {
    this(settings, numbers, pace, folder, number -> number);
  }

  StampedJob withFailingSnapshots() {
    return new StampedJob(settings, numbers, pace, folder, new FailingSnapshots());
  }

  static DataStream<Long> numbers(StreamExecutionEnvironment env, long numbers) {
    return env.fromSource(
            new NumberSequenceSource(0, numbers - 1), WatermarkStrategy.noWatermarks(), "numbers")
        .uid("numbers");
  }

  void define(StreamExecutionEnvironment env) {
    Epochs epochs = Epochs.of(env, settings);
    TypeInformation<RoutedNumber> type = TypeInformation.of(RoutedNumber.class);
    SingleOutputStreamOperator<RoutedNumber> first =
        epochs.process(numbers(env, numbers), "first", type, new First()).uid("first");
    SingleOutputStreamOperator<RoutedNumber> route =
        epochs.process(first, "route", type, new Route()).uid("route");
    SingleOutputStreamOperator<RoutedNumber> second =
        epochs.process(ByVersion.route(route), "second", type, new Second(pace)).uid("second");
    second.map(end).returns(type).uid("last").sinkTo(new DiscardingSink<>()).uid("end");
    StampFiles.write(
        first
            .getSideOutput(io.weir.operators.epoch.stamp.Stamp.OUTPUT)
            .union(
                route.getSideOutput(io.weir.operators.epoch.stamp.Stamp.OUTPUT),
                second.getSideOutput(io.weir.operators.epoch.stamp.Stamp.OUTPUT)),
        new org.apache.flink.core.fs.Path(folder.toUri()),
        "stamps");
  }

  /** Works by no more of its configuration than the version. */
  // Handed stamps and a configuration before the first record.
  @SuppressWarnings("NullAway.Init")
  private abstract static class Step<IN> extends ProcessFunction<IN, RoutedNumber>
      implements Configured<Factor>, Stamping {
    private static final long serialVersionUID = 1;

    transient Stamps stamps;
    transient long version;

    @Override
    public ConfigurationType<Factor> configurationType() {
      return Factor.Type.INSTANCE;
    }

    @Override
    public void configure(VersionedConfiguration<Factor> next) {
      version = next.version();
    }

    @Override
    public void stampWith(Stamps given) {
      stamps = given;
    }
  }

  private static final class First extends Step<Long> {
    private static final long serialVersionUID = 1;

    @Override
    public void processElement(
        Long number,
        ProcessFunction<Long, RoutedNumber>.Context context,
        Collector<RoutedNumber> out)
        throws InterruptedException {
      Stamp.throttle(number);
      RoutedNumber next = new RoutedNumber(number);
      stamps.stamp(next.record(), version);
      out.collect(next);
    }
  }

  private static final class Route extends Step<RoutedNumber> {
    private static final long serialVersionUID = 1;

    @Override
    public void configure(VersionedConfiguration<Factor> next) {
      super.configure(next);
      ByVersion.use(next.version());
    }

    @Override
    public void processElement(
        RoutedNumber number,
        ProcessFunction<RoutedNumber, RoutedNumber>.Context context,
        Collector<RoutedNumber> out) {
      stamps.stamp(number.record(), version);
      out.collect(number);
    }
  }

  private static final class Second extends Step<RoutedNumber> {
    private static final long serialVersionUID = 1;

    private final Stamp.Pace pace;

    Second(Stamp.Pace pace) {
      this.pace = pace;
    }

    @Override
    public void processElement(
        RoutedNumber number,
        ProcessFunction<RoutedNumber, RoutedNumber>.Context context,
        Collector<RoutedNumber> out)
        throws Exception {
      pace.before(number.id, getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
      stamps.stamp(number.record(), version);
      // For the partitioner, which cannot: its record arrives in the epoch that it was sent in.
      stamps.stamp(number.record(), number.routed);
      out.collect(number);
    }
  }
}
