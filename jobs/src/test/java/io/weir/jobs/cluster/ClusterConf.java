package io.weir.jobs.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/**
 * The folder that the processes of a cluster read their configuration from.
 *
 * @param folder holds config.yaml and log4j.properties
 * @param options what config.yaml says
 */
record ClusterConf(Path folder, Configuration options) {

  /** How many slots a TaskManager has, and the parallelism of a job that names none. */
  static final int SLOTS = 2;

  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Writes the folder.
   *
   * @param home takes everything that the cluster writes
   * @param more options over those of a small cluster
   */
  static ClusterConf write(Path home, Map<String, String> more) throws IOException {
    Configuration options = new Configuration();
    listenOnThisMachineOnly(options);
    stayInside(home, options);
    useLittleMemory(options);
    runJobs(options);
    options.addAll(Configuration.fromMap(more));
    Path folder = Files.createDirectories(home.resolve("conf"));
    Files.write(
        folder.resolve("config.yaml"),
        ConfigurationUtils.convertConfigToWritableLines(options, true));
    Files.write(folder.resolve("log4j.properties"), logging());
    return new ClusterConf(folder, options);
  }

  private static void listenOnThisMachineOnly(Configuration options) {
    options.set(JobManagerOptions.ADDRESS, LOOPBACK);
    options.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    options.set(JobManagerOptions.PORT, 0);
    options.set(RestOptions.ADDRESS, LOOPBACK);
    options.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    options.set(RestOptions.BIND_PORT, "0");
    options.set(TaskManagerOptions.HOST, LOOPBACK);
    options.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
  }

  private static void stayInside(Path home, Configuration options) throws IOException {
    options.set(CoreOptions.TMP_DIRS, Files.createDirectories(home.resolve("tmp")).toString());
    options.set(WebOptions.UPLOAD_DIR, home.resolve("upload").toString());
    options.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, home.resolve("checkpoints").toUri().toString());
  }

  /** About 450 MB for the JobManager, 650 MB for a TaskManager. */
  private static void useLittleMemory(Configuration options) {
    options.set(JobManagerOptions.JVM_HEAP_MEMORY, MemorySize.ofMebiBytes(160));
    options.set(JobManagerOptions.OFF_HEAP_MEMORY, MemorySize.ofMebiBytes(64));
    options.set(JobManagerOptions.JVM_METASPACE, MemorySize.ofMebiBytes(160));
    options.set(JobManagerOptions.JVM_OVERHEAD_MIN, MemorySize.ofMebiBytes(64));
    options.set(TaskManagerOptions.FRAMEWORK_HEAP_MEMORY, MemorySize.ofMebiBytes(96));
    options.set(TaskManagerOptions.TASK_HEAP_MEMORY, MemorySize.ofMebiBytes(128));
    options.set(TaskManagerOptions.FRAMEWORK_OFF_HEAP_MEMORY, MemorySize.ofMebiBytes(64));
    options.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
    options.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    options.set(TaskManagerOptions.JVM_METASPACE, MemorySize.ofMebiBytes(160));
    options.set(TaskManagerOptions.JVM_OVERHEAD_MIN, MemorySize.ofMebiBytes(64));
  }

  private static void runJobs(Configuration options) {
    options.set(TaskManagerOptions.NUM_TASK_SLOTS, SLOTS);
    options.set(CoreOptions.DEFAULT_PARALLELISM, SLOTS);
    options.set(PipelineOptions.GENERIC_TYPES, false);
    options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    // A TaskManager that was killed is noticed after two heartbeats that its machine refuses.
    options.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
  }

  /** Where the processes put temporary files. */
  String tmp() {
    return options.get(CoreOptions.TMP_DIRS);
  }

  private static List<String> logging() {
    return List.of(
        "rootLogger.level = INFO",
        "rootLogger.appenderRef.console.ref = console",
        "appender.console.type = Console",
        "appender.console.name = console",
        "appender.console.layout.type = PatternLayout",
        "appender.console.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1.} - %m%n");
  }
}
