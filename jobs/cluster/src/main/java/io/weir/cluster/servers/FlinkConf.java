package io.weir.cluster.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * The folder that Flink's processes read their configuration from: the profile {@code ha}, with
 * this machine's addresses and folders, little memory, and shorter times, so that a failure and
 * what comes after it takes seconds.
 */
final class FlinkConf {

  /** How many slots a TaskManager has, and the parallelism of a job that names none. */
  static final int SLOTS = 2;

  private FlinkConf() {}

  /**
   * Writes the folder.
   *
   * @param zookeeper its address
   * @param more options over all others
   */
  static Path write(Place place, String zookeeper, Map<String, String> more) throws IOException {
    Path profile = place.project().resolve("flink-conf").resolve("ha");
    Configuration options = GlobalConfiguration.loadConfiguration(profile.toString());
    options.addAll(Configuration.fromMap(addresses(zookeeper)));
    options.addAll(Configuration.fromMap(folders(place)));
    options.addAll(Configuration.fromMap(memory()));
    options.addAll(Configuration.fromMap(times()));
    options.addAll(Configuration.fromMap(more));
    Path conf = place.make("conf");
    Files.write(
        conf.resolve("config.yaml"),
        ConfigurationUtils.convertConfigToWritableLines(options, true));
    return conf;
  }

  private static Map<String, String> addresses(String zookeeper) {
    return Map.of(
        "high-availability.zookeeper.quorum", zookeeper,
        "jobmanager.rpc.address", Place.HOST,
        "jobmanager.bind-host", Place.HOST,
        "rest.address", Place.HOST,
        "rest.bind-address", Place.HOST,
        "taskmanager.host", Place.HOST,
        "taskmanager.bind-host", Place.HOST);
  }

  private static Map<String, String> folders(Place place) throws IOException {
    return Map.of(
        "high-availability.storageDir", place.make("ha").toUri().toString(),
        "execution.checkpointing.dir", place.make("checkpoints").toUri().toString(),
        "execution.checkpointing.savepoint-dir", place.make("savepoints").toUri().toString(),
        "io.tmp.dirs", place.make("tmp").toString(),
        "web.upload.dir", place.make("upload").toString());
  }

  private static Map<String, String> memory() {
    return Map.of(
        "jobmanager.memory.process.size", "640 mb",
        "jobmanager.memory.jvm-metaspace.size", "192 mb",
        "jobmanager.memory.off-heap.size", "64 mb",
        "taskmanager.memory.process.size", "1152 mb",
        // The classes of a job that is being given up and of the one that comes after it, and more
        // than once: a TaskManager that has no more room ends.
        "taskmanager.memory.jvm-metaspace.size", "384 mb",
        "taskmanager.memory.jvm-overhead.min", "96 mb",
        "taskmanager.memory.network.max", "64 mb",
        "taskmanager.memory.managed.fraction", "0.2");
  }

  private static Map<String, String> times() {
    return Map.of(
        "taskmanager.numberOfTaskSlots", String.valueOf(SLOTS),
        "parallelism.default", String.valueOf(SLOTS),
        // A job has subtasks on every TaskManager, so that the loss of any of them is felt.
        "taskmanager.load-balance.mode", "SLOTS",
        "execution.checkpointing.interval", "2 s",
        "execution.checkpointing.min-pause", "500 ms",
        "restart-strategy.exponential-delay.max-backoff", "5 s");
  }
}
