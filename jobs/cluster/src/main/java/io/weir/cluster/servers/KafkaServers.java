package io.weir.cluster.servers;

import io.weir.cluster.process.Patience;
import io.weir.cluster.process.Program;
import io.weir.cluster.process.Service;
import io.weir.jobs.local.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/**
 * Three Kafka brokers, which are controllers (KRaft) as well. Every topic has three replicas, two
 * of which must have a record before it is acknowledged: one broker may be lost.
 */
public final class KafkaServers {

  /** How many brokers there are, and copies of each record. */
  public static final int BROKERS = 3;

  private static final String LEAST_COPIES = "2";
  private static final long ANSWER_SECONDS = 5;

  private final List<Service> brokers = new ArrayList<>();
  private final FreePorts ports = FreePorts.findLasting(2 * BROKERS);

  /** Prepares the brokers; starts none. */
  public static KafkaServers prepare(Place place) throws IOException {
    KafkaServers servers = new KafkaServers();
    String cluster = Uuid.randomUuid().toString();
    for (int node = 1; node <= BROKERS; node++) {
      Path folder = place.make("kafka-" + node);
      Path settings = folder.resolve("server.properties");
      write(servers.properties(node, folder), settings);
      format(settings, cluster);
      servers.brokers.add(place.service(program(place, node, settings)));
    }
    return servers;
  }

  private int port(int node) {
    return ports.get(node - 1);
  }

  private Properties properties(int node, Path folder) {
    int controller = ports.get(BROKERS + node - 1);
    String voters =
        IntStream.rangeClosed(1, BROKERS)
            .mapToObj(id -> id + "@" + Place.HOST + ":" + ports.get(BROKERS + id - 1))
            .collect(Collectors.joining(","));
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", String.valueOf(node),
            "controller.quorum.voters", voters,
            "controller.listener.names", "CONTROLLER",
            "listeners",
                "PLAINTEXT://%s:%d,CONTROLLER://%s:%d"
                    .formatted(Place.HOST, port(node), Place.HOST, controller),
            "log.dirs", folder.resolve("log").toString(),
            // For trying things, without Kafka's own tools: who writes first makes the topic.
            "num.partitions", "4",
            "group.initial.rebalance.delay.ms", "0",
            // The log cleaner would reserve 128 MB for compaction.
            "log.cleaner.dedupe.buffer.size", "4194304"));
    properties.putAll(copies());
    return properties;
  }

  private static Map<String, String> copies() {
    String brokers = String.valueOf(BROKERS);
    return Map.of(
        "default.replication.factor", brokers,
        "min.insync.replicas", LEAST_COPIES,
        "offsets.topic.replication.factor", brokers,
        "offsets.topic.num.partitions", "4",
        "transaction.state.log.replication.factor", brokers,
        "transaction.state.log.min.isr", LEAST_COPIES,
        "transaction.state.log.num.partitions", "4",
        "share.coordinator.state.topic.replication.factor", brokers,
        "share.coordinator.state.topic.min.isr", LEAST_COPIES,
        // A broker that was killed is given up after this.
        "broker.session.timeout.ms", "6000");
  }

  private static void write(Properties properties, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
  }

  private static void format(Path settings, String cluster) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String[] arguments = {"format", "--config", settings.toString(), "--cluster-id", cluster};
    if (StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8)) != 0) {
      throw new IOException(
          "Kafka cannot format its log: " + said.toString(StandardCharsets.UTF_8));
    }
  }

  private static Program program(Place place, int node, Path settings) throws IOException {
    return Program.java(
        "kafka-" + node,
        place.folder(),
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            place.logging(),
            // This process's own libraries: Kafka's servers are among them.
            "-classpath",
            System.getProperty("java.class.path", ""),
            "kafka.Kafka",
            settings.toString()));
  }

  public void start() throws IOException {
    for (Service broker : brokers) {
      broker.start();
    }
  }

  /** Waits until all brokers belong to the cluster. */
  public void awaitReady(Patience patience) throws IOException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
      patience.until("Kafka's start", () -> Optional.of(members(admin) == BROKERS));
    }
  }

  private static int members(Admin admin) throws IOException, InterruptedException {
    try {
      return admin.describeCluster().nodes().get(ANSWER_SECONDS, TimeUnit.SECONDS).size();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Kafka does not answer", e);
    }
  }

  public List<Service> brokers() {
    return List.copyOf(brokers);
  }

  /** What clients take as {@code bootstrap.servers}. */
  public String servers() {
    return IntStream.rangeClosed(1, BROKERS)
        .mapToObj(node -> Place.HOST + ":" + port(node))
        .collect(Collectors.joining(","));
  }
}
