package io.weir.operators.epoch;

import io.weir.operators.epoch.stamp.Stamp;
import io.weir.operators.epoch.stamp.StampFiles;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * What many jobs do that change while they run: {@link StampedJob} with broadcast state in place of
 * the switch. Each subtask takes a version when it happens to come.
 *
 * @param versions how many there are, one every few milliseconds
 */
record BroadcastJob(long numbers, long versions, Path folder) {

  private static final MapStateDescriptor<String, Long> VERSION =
      new MapStateDescriptor<>("version", Types.STRING, Types.LONG);

  void define(StreamExecutionEnvironment env) {
    BroadcastStream<Long> changes = changes(env);
    SingleOutputStreamOperator<RoutedNumber> first =
        step(
            "first",
            StampedJob.numbers(env, numbers)
                .map(
                    number -> {
                      io.weir.operators.epoch.Stamp.throttle(number);
                      return new RoutedNumber(number);
                    }),
            changes);
    SingleOutputStreamOperator<RoutedNumber> route = step("route", first, changes);
    SingleOutputStreamOperator<RoutedNumber> second =
        step("second", ByVersion.route(route), changes);
    second.sinkTo(new DiscardingSink<>()).uid("end");
    StampFiles.write(
        first
            .getSideOutput(Stamp.OUTPUT)
            .union(route.getSideOutput(Stamp.OUTPUT), second.getSideOutput(Stamp.OUTPUT)),
        new org.apache.flink.core.fs.Path(folder.toUri()),
        "stamps");
  }

  private BroadcastStream<Long> changes(StreamExecutionEnvironment env) {
    return env.fromSequence(0, versions - 1)
        .map(
            number -> {
              TimeUnit.MILLISECONDS.sleep(5);
              return number;
            })
        .setParallelism(1)
        .broadcast(VERSION);
  }

  private static SingleOutputStreamOperator<RoutedNumber> step(
      String name, DataStream<RoutedNumber> numbers, BroadcastStream<Long> changes) {
    return numbers
        .connect(changes)
        .process(new Step(name), TypeInformation.of(RoutedNumber.class))
        .name(name);
  }

  private static final class Step extends BroadcastProcessFunction<RoutedNumber, Long, RoutedNumber>
      implements CheckpointedFunction {
    private static final long serialVersionUID = 1;

    private final String name;
    private transient long version;
    private transient long epoch;

    Step(String name) {
      this.name = name;
    }

    @Override
    public void processBroadcastElement(Long next, Context context, Collector<RoutedNumber> out)
        throws Exception {
      version = Math.max(version, next);
      context.getBroadcastState(VERSION).put("", version);
      ByVersion.use(version);
    }

    @Override
    public void processElement(
        RoutedNumber number, ReadOnlyContext context, Collector<RoutedNumber> out) {
      TaskInfo task = getRuntimeContext().getTaskInfo();
      context.output(
          Stamp.OUTPUT,
          new Stamp(
              number.record(),
              name,
              task.getIndexOfThisSubtask(),
              epoch,
              version,
              getRuntimeContext().getJobInfo().getJobId().toHexString(),
              task.getAttemptNumber(),
              0));
      out.collect(number);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
      epoch = context.getCheckpointId();
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
      ByVersion.use(0);
    }
  }
}
