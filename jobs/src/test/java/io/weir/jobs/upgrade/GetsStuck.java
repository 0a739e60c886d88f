package io.weir.jobs.upgrade;

import io.weir.jobs.Jobs;
import io.weir.jobs.launch.Launcher;
import io.weir.jobs.launch.SettingsOptions;
import io.weir.jobs.savepoints.Lines;
import io.weir.operators.intake.RawRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import picocli.CommandLine;

/** The main class of a release whose jobs run, and never complete a checkpoint. */
public final class GetsStuck {

  private GetsStuck() {}

  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    SettingsOptions settings =
        CommandLine.populateCommand(
            new SettingsOptions(), Arrays.copyOfRange(args, 1, args.length));
    new Launcher(Jobs.all(), name -> null).prepare(args[0], settings).define(env);
    new Lines("", Map.of("none", List.of()), 0)
        .plain(env, "stuck")
        .map(new Stuck())
        .uid("stuck")
        .sinkTo(new DiscardingSink<>())
        .uid("stuck-sink");
    env.execute(args[0]);
  }

  /** Waits in its checkpoint until it is cancelled. */
  public static final class Stuck
      implements MapFunction<RawRecord, RawRecord>, CheckpointedFunction {

    private static final long serialVersionUID = 1;

    @Override
    public RawRecord map(RawRecord record) {
      return record;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws InterruptedException {
      new CountDownLatch(1).await();
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
      // There is no state.
    }
  }
}
