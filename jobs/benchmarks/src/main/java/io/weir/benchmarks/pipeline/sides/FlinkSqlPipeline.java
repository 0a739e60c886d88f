package io.weir.benchmarks.pipeline.sides;

import io.weir.benchmarks.FlinkSqlAggregates;
import io.weir.benchmarks.frame.PipelineTask;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The same aggregates in Flink SQL, on the same Flink with the same configuration. Reader and
 * producer are set as the analytics job sets them.
 */
final class FlinkSqlPipeline {

  private static final String SOURCE =
      """
      'connector' = 'kafka',
      'topic' = '%s',
      'properties.bootstrap.servers' = '%s',
      'properties.group.id' = 'flink-sql',
      'properties.isolation.level' = 'read_committed',
      'scan.startup.mode' = 'earliest-offset',
      'format' = 'json',
      'json.timestamp-format.standard' = 'ISO-8601'
      """;

  private static final String SINK =
      """
      'connector' = 'kafka',
      'topic' = '%s',
      'properties.bootstrap.servers' = '%s',
      'properties.transaction.timeout.ms' = '840000',
      'properties.compression.type' = 'lz4',
      'properties.linger.ms' = '20',
      'key.format' = 'json',
      'key.fields' = 'window_start;url',
      'key.json.timestamp-format.standard' = 'ISO-8601',
      'value.format' = 'json',
      'value.json.timestamp-format.standard' = 'ISO-8601',
      'sink.delivery-guarantee' = 'exactly-once',
      'sink.transactional-id-prefix' = '%s'
      """;

  private FlinkSqlPipeline() {}

  /** Arguments: those of the task, folder of flink-conf. */
  public static void main(String[] arguments) throws Exception {
    PipelineTask task = PipelineTask.parse(arguments);
    StreamExecutionEnvironment env = FlinkSide.environment(task, arguments[8]);
    FlinkSqlAggregates.run(
        env,
        SOURCE.formatted(task.input(), task.servers()),
        task.latenessSeconds(),
        SINK.formatted(task.output(), task.servers(), task.output()),
        task.windowSeconds());
  }
}
