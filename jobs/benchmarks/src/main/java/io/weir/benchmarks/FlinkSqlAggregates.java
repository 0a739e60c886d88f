package io.weir.benchmarks;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * The aggregates that are measured, in Flink SQL: counts and sums by url in windows of events,
 * wherever these come from and the windows go to.
 */
public final class FlinkSqlAggregates {

  private static final String EVENTS =
      """
      CREATE TABLE events (
        `time` TIMESTAMP_LTZ(3),
        url STRING,
        `bytes` BIGINT,
        WATERMARK FOR `time` AS `time` - INTERVAL '%d' SECOND
      ) WITH (%s)
      """;

  private static final String WINDOWS =
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
      ) WITH (%s)
      """;

  private static final String QUERY =
      """
      INSERT INTO windows
      SELECT window_start, window_end, url,
             COUNT(*), SUM(`bytes`), MIN(`bytes`), MAX(`bytes`), AVG(CAST(`bytes` AS DOUBLE))
      FROM TUMBLE(TABLE events, DESCRIPTOR(`time`), INTERVAL '%d' SECOND)
      GROUP BY window_start, window_end, url
      """;

  private FlinkSqlAggregates() {}

  /**
   * Runs the query until its source ends.
   *
   * @param source options of the connector that events come from
   * @param sink options of the connector that windows go to
   */
  public static void run(
      StreamExecutionEnvironment env,
      String source,
      long latenessSeconds,
      String sink,
      long windowSeconds)
      throws Exception {
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    tables.getConfig().set("table.local-time-zone", "UTC");
    tables.executeSql(EVENTS.formatted(latenessSeconds, source));
    tables.executeSql(WINDOWS.formatted(sink));
    tables.executeSql(QUERY.formatted(windowSeconds)).await();
  }
}
