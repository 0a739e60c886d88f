package io.weir.jobs.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and controller (KRaft) inside this JVM, with its log in a temporary folder.
 * Everything has one replica. Topics are made on first use, with one partition; make them
 * beforehand where that is too few.
 *
 * <p>Starting takes 2 to 10 seconds. Kafka ends the JVM on a fatal fault; with the first embedded
 * broker of a JVM, that is turned into an exception.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final int ATTEMPTS = 5;

  private final KafkaRaftServer server;
  private final int port;
  private final Path folder;

  private EmbeddedKafka(KafkaRaftServer server, int port, Path folder) {
    this.server = server;
    this.port = port;
    this.folder = folder;
  }

  /** Starts a broker and waits until it serves. */
  public static EmbeddedKafka start() {
    quieten();
    Exit.setExitProcedure(EmbeddedKafka::refuseToExit);
    Exit.setHaltProcedure(EmbeddedKafka::refuseToExit);
    RuntimeException last = new IllegalStateException("no attempt was made");
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return startOnce();
      } catch (RuntimeException e) {
        // Somebody else may have taken a port between our look and Kafka's bind.
        LOG.warn("Kafka does not start, attempt {} of {}", attempt, ATTEMPTS, e);
        last = e;
      }
    }
    throw last;
  }

  private static void quieten() {
    Configurator.setLevel(
        Map.of(
            "kafka", Level.WARN,
            "org.apache.kafka", Level.WARN,
            "state.change.logger", Level.WARN));
  }

  private static void refuseToExit(int status, String message) {
    throw new IllegalStateException("Kafka wants to exit with status " + status + ": " + message);
  }

  private static EmbeddedKafka startOnce() {
    Path folder = TempFolder.create("weir-kafka-");
    FreePorts ports = FreePorts.find(2);
    try {
      Properties properties = properties(folder, ports.get(0), ports.get(1));
      format(folder, properties);
      return new EmbeddedKafka(serve(properties), ports.get(0), folder);
    } catch (RuntimeException e) {
      TempFolder.delete(folder);
      throw e;
    }
  }

  private static Properties properties(Path folder, int port, int controllerPort) {
    Properties properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", "1");
    properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    properties.setProperty(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    properties.setProperty("controller.listener.names", "CONTROLLER");
    properties.setProperty("log.dirs", folder.resolve("log").toString());
    properties.setProperty("num.partitions", "1");
    properties.setProperty("offsets.topic.replication.factor", "1");
    properties.setProperty("offsets.topic.num.partitions", "4");
    properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
    properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    properties.setProperty("transaction.state.log.replication.factor", "1");
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("transaction.state.log.num.partitions", "4");
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
    // The log cleaner would reserve 128 MB for compaction.
    properties.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
    return properties;
  }

  private static void format(Path folder, Properties properties) {
    Path file = folder.resolve("server.properties");
    try (var out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String[] arguments = {
      "format", "--config", file.toString(), "--cluster-id", Uuid.randomUuid().toString()
    };
    int status =
        StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
    if (status != 0) {
      throw new IllegalStateException(
          "Kafka cannot format its log: " + said.toString(StandardCharsets.UTF_8));
    }
  }

  private static KafkaRaftServer serve(Properties properties) {
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      stop(server);
      throw e;
    }
  }

  private static void stop(KafkaRaftServer server) {
    server.shutdown();
    server.awaitShutdown();
  }

  /** What clients take as {@code bootstrap.servers}. */
  public String servers() {
    return "127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  Path folder() {
    return folder;
  }

  /** Stops the broker and removes its log. */
  @Override
  public void close() {
    stop(server);
    TempFolder.delete(folder);
  }
}
