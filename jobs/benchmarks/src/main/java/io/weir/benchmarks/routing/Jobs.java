package io.weir.benchmarks.routing;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The jobs that are measured: one sender, and receivers without an end of work. */
final class Jobs {

  /**
   * Of a size that records have: a queue of a slow receiver holds a second's work, not a minute's.
   */
  private static final byte[] PAYLOAD = "x".repeat(1_000).getBytes(StandardCharsets.UTF_8);

  private Jobs() {}

  /** Records that cost next to nothing but their way, to receivers that throw them away. */
  static void cheap(StreamExecutionEnvironment env, Way way, int receivers) {
    way.lead(numbers(env).map(new Meter()).setParallelism(1))
        .sinkTo(new DiscardingSink<>())
        .setParallelism(receivers);
  }

  /** Records of 1 KB, to receivers as fast as the {@link Board} says. */
  static void served(StreamExecutionEnvironment env, Way way, int receivers) {
    DataStream<byte[]> records =
        numbers(env)
            .map(number -> PAYLOAD)
            .returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
            .setParallelism(1);
    way.lead(records)
        .process(new Service<>(), Types.LONG)
        .setParallelism(receivers)
        .sinkTo(new DiscardingSink<>())
        .setParallelism(receivers);
  }

  private static DataStream<Long> numbers(StreamExecutionEnvironment env) {
    return env.fromSource(
            new NumberSequenceSource(0, Long.MAX_VALUE - 1),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .setParallelism(1);
  }
}
