package io.weir.jobs.local;

import io.weir.jobs.launch.JobDefinition;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.settings.Section;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Counts from 0 to a number, slowly if wished, and throws the numbers away. The subtask with index
 * i says that it has done 30 + i of 100 + i.
 */
public final class TinyJob implements JobDefinition {

  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public String summary() {
    return "Counts.";
  }

  @Override
  public PreparedJob prepare(Section settings) {
    long count = settings.integer("count", 10, 1, Long.MAX_VALUE);
    long rate = settings.integer("rate", 1_000_000, 1, 1_000_000);
    long failAt = settings.integer("fail-at", -1, -1, Long.MAX_VALUE);
    return env -> define(env, count, rate, failAt);
  }

  /** Counts to {@code count}, {@code rate} a second, and fails at one of the numbers. */
  public static void define(StreamExecutionEnvironment env, long count, long rate, long failAt) {
    env.fromSource(new Numbers(count, rate), WatermarkStrategy.noWatermarks(), "tiny numbers")
        .map(number -> check(number, failAt))
        .returns(Types.LONG)
        .sinkTo(new DiscardingSink<>());
  }

  /** Counts without end, a hundred a second, and fails at one of the numbers the first time. */
  static void defineUnluckyOnce(StreamExecutionEnvironment env, long failAt) {
    env.fromSource(new Numbers(Long.MAX_VALUE, 100), WatermarkStrategy.noWatermarks(), "endless")
        .map(new UnluckyOnce(failAt))
        .returns(Types.LONG)
        .sinkTo(new DiscardingSink<>());
  }

  private static final class UnluckyOnce extends RichMapFunction<Long, Long> {

    private static final long serialVersionUID = 1;

    private final long failAt;

    UnluckyOnce(long failAt) {
      this.failAt = failAt;
    }

    @Override
    public Long map(Long number) {
      return getRuntimeContext().getTaskInfo().getAttemptNumber() > 0
          ? number
          : check(number, failAt);
    }
  }

  private static Long check(Long number, long failAt) {
    if (number == failAt) {
      throw new IllegalStateException("number " + failAt + " is unlucky");
    }
    return number;
  }

  private static final class Numbers extends DataGeneratorSource<Long> {

    private static final long serialVersionUID = 1;

    Numbers(long count, long rate) {
      super(number -> number, count, RateLimiterStrategy.perSecond((double) rate), Types.LONG);
    }

    @Override
    public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context)
        throws Exception {
      // Flink tells gauges apart by identity: each subtask needs objects of its own.
      long subtask = context.getIndexOfSubtask();
      context.metricGroup().gauge("workDone", () -> 30 + subtask);
      context.metricGroup().gauge("workTotal", () -> 100 + subtask);
      return super.createReader(context);
    }
  }
}
