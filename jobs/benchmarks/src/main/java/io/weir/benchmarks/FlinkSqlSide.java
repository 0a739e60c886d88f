package io.weir.benchmarks;

import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** The same aggregates, written in Flink SQL, over the same files with the same configuration. */
final class FlinkSqlSide {

  private static final String SOURCE =
      """
      CREATE TABLE events (
        `time` TIMESTAMP_LTZ(3),
        url STRING,
        `bytes` BIGINT,
        WATERMARK FOR `time` AS `time` - INTERVAL '60' SECOND
      ) WITH (
        'connector' = 'filesystem',
        'path' = '%s',
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
      ) WITH ('connector' = 'filesystem', 'path' = '%s', 'format' = 'json')
      """;

  private static final String QUERY =
      """
      INSERT INTO windows
      SELECT window_start, window_end, url,
             COUNT(*), SUM(`bytes`), MIN(`bytes`), MAX(`bytes`), AVG(CAST(`bytes` AS DOUBLE))
      FROM TUMBLE(TABLE events, DESCRIPTOR(`time`), INTERVAL '1' MINUTE)
      GROUP BY window_start, window_end, url
      """;

  private FlinkSqlSide() {}

  /** Arguments: folder of the events, folder for the results, folder of flink-conf. */
  public static void main(String[] args) throws Exception {
    long started = System.nanoTime();
    StreamExecutionEnvironment env = Profile.environment(args[2], args[1]);
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    tables.getConfig().set("table.local-time-zone", "UTC");
    tables.executeSql(SOURCE.formatted(args[0]));
    tables.executeSql(SINK.formatted(args[1]));
    tables.executeSql(QUERY).await();
    System.out.println(Results.report(Path.of(args[1]), started, "requests", "bytes").toLine());
  }
}
