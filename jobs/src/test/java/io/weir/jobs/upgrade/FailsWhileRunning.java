package io.weir.jobs.upgrade;

import io.weir.jobs.savepoints.Lines;
import io.weir.operators.intake.RawRecord;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The main class of a release that has another job, which the old one's savepoint does not fit. */
public final class FailsWhileRunning {

  private FailsWhileRunning() {}

  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    MapFunction<RawRecord, RawRecord> same = record -> record;
    new Lines("", Map.of("none", List.of()), 0)
        .plain(env, "other")
        .map(same)
        .uid("other")
        .sinkTo(new DiscardingSink<>())
        .uid("other-sink");
    env.execute(args[0]);
  }
}
