package io.weir.benchmarks.pipeline.sides;

import io.weir.benchmarks.frame.PipelineTask;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * The same aggregates in Flink SQL, on the same Flink with the same configuration. Reader and
 * producer are set as the analytics job sets them.
 */
final class FlinkSqlPipeline {

  private static final String SOURCE =
      """
      CREATE TABLE events (
        `time` TIMESTAMP_LTZ(3),
        url STRING,
        `bytes` BIGINT,
        WATERMARK FOR `time` AS `time` - INTERVAL '%s' SECOND
      ) WITH (
        'connector' = 'kafka',
        'topic' = '%s',
        'properties.bootstrap.servers' = '%s',
        'properties.group.id' = 'flink-sql',
        'properties.isolation.level' = 'read_committed',
        'scan.startup.mode' = 'earliest-offset',
        'format' = 'json',
        'json.timestamp-format.standard' = 'ISO-8601'
      )
      """;

  private static final String SINK =
      """
      CREATE TABLE windows (
        window_start TIMESTAMP(3),
        window_end TIMESTAMP(3),
        url STRING,
        requests BIGINT,
        `bytes` BIGINT,
        smallest BIGINT,
        largest BIGINT,
        average DOUBLE
      ) WITH (
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
      )
      """;

  private static final String QUERY =
      """
      INSERT INTO windows
      SELECT window_start, window_end, url,
             COUNT(*), SUM(`bytes`), MIN(`bytes`), MAX(`bytes`), AVG(CAST(`bytes` AS DOUBLE))
      FROM TUMBLE(TABLE events, DESCRIPTOR(`time`), INTERVAL '%s' SECOND)
      GROUP BY window_start, window_end, url
      """;

  private FlinkSqlPipeline() {}

  /** Arguments: those of the task, folder of flink-conf. */
  public static void main(String[] arguments) throws Exception {
    PipelineTask task = PipelineTask.parse(arguments);
    StreamExecutionEnvironment env = FlinkSide.environment(task, arguments[8]);
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    tables.getConfig().set("table.local-time-zone", "UTC");
    tables.executeSql(SOURCE.formatted(task.latenessSeconds(), task.input(), task.servers()));
    tables.executeSql(SINK.formatted(task.output(), task.servers(), task.output()));
    tables.executeSql(QUERY.formatted(task.windowSeconds())).await();
  }
}
