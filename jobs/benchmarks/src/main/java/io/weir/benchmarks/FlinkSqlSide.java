package io.weir.benchmarks;

import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The same aggregates, written in Flink SQL, over the same files with the same configuration. */
final class FlinkSqlSide {

  private static final long LATENESS_SECONDS = 60;
  private static final long WINDOW_SECONDS = 60;

  private static final String SOURCE =
      """
      'connector' = 'filesystem',
      'path' = '%s',
      'format' = 'json',
      'json.timestamp-format.standard' = 'ISO-8601'
      """;

  private static final String SINK =
      """
      'connector' = 'filesystem',
      'path' = '%s',
      'format' = 'json'
      """;

  private FlinkSqlSide() {}

  /** Arguments: folder of the events, folder for the results, folder of flink-conf. */
  public static void main(String[] args) throws Exception {
    long started = System.nanoTime();
    StreamExecutionEnvironment env = Profile.environment(args[2], args[1]);
    FlinkSqlAggregates.run(
        env, SOURCE.formatted(args[0]), LATENESS_SECONDS, SINK.formatted(args[1]), WINDOW_SECONDS);
    System.out.println(Results.report(Path.of(args[1]), started, "requests", "bytes").toLine());
  }
}
