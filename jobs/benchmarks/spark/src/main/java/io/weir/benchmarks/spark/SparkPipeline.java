package io.weir.benchmarks.spark;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.window;

import io.weir.benchmarks.frame.PipelineTask;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The same aggregates in Structured Streaming, with micro-batches as often as the others make
 * checkpoints. Its sink for Kafka writes at least once: rows are visible before their batch is
 * complete, and a batch that fails is written again.
 */
final class SparkPipeline {

  private static final StructType EVENT =
      new StructType()
          .add("time", DataTypes.TimestampType)
          .add("url", DataTypes.StringType)
          .add("bytes", DataTypes.LongType);

  private SparkPipeline() {}

  /** Arguments: those of the task. */
  public static void main(String[] arguments) throws Exception {
    PipelineTask task = PipelineTask.parse(arguments);
    SparkSession spark =
        SparkSession.builder()
            .appName("pipeline")
            .master("local[" + task.parallelism() + "]")
            // The default, 200, is one for clusters: each batch would run 200 tasks.
            .config("spark.sql.shuffle.partitions", task.parallelism())
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.warehouse.dir", task.folder().resolve("warehouse").toString())
            .config("spark.local.dir", task.folder().resolve("local").toString())
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    records(sums(events(spark, task), task))
        .writeStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", task.servers())
        .option("kafka.compression.type", "lz4")
        .option("kafka.linger.ms", "20")
        .option("topic", task.output())
        .option("checkpointLocation", task.folder().resolve("checkpoints").toString())
        .outputMode("append")
        .trigger(Trigger.ProcessingTime(task.intervalMillis()))
        .start()
        .awaitTermination();
  }

  private static Dataset<Row> events(SparkSession spark, PipelineTask task) {
    return spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", task.servers())
        .option("kafka.isolation.level", "read_committed")
        .option("subscribe", task.input())
        .option("startingOffsets", "earliest")
        .load()
        .select(from_json(col("value").cast("string"), EVENT).as("event"))
        .select("event.*");
  }

  private static Dataset<Row> sums(Dataset<Row> events, PipelineTask task) {
    return events
        .withWatermark("time", task.latenessSeconds() + " seconds")
        .groupBy(window(col("time"), task.windowSeconds() + " seconds"), col("url"))
        .agg(
            count(lit(1)).as("requests"),
            sum("bytes").as("bytes"),
            min("bytes").as("smallest"),
            max("bytes").as("largest"),
            avg("bytes").as("average"));
  }

  private static Dataset<Row> records(Dataset<Row> sums) {
    return sums.select(
        to_json(struct(col("window.start").as("window_start"), col("url"))).as("key"),
        to_json(
                struct(
                    col("window.start").as("window_start"),
                    col("window.end").as("window_end"),
                    col("url"),
                    col("requests"),
                    col("bytes"),
                    col("smallest"),
                    col("largest"),
                    col("average")))
            .as("value"));
  }
}
