package io.weir.cluster.faults;

import io.weir.cluster.Cluster;
import io.weir.cluster.process.Patience;
import io.weir.cluster.servers.FlinkJob;
import io.weir.cluster.servers.KafkaServers;
import io.weir.jobs.demo.Backlog;
import io.weir.jobs.demo.balance.Audit;
import io.weir.jobs.demo.balance.Balance;
import io.weir.jobs.demo.balance.Figures;
import io.weir.jobs.demo.balance.RuleBook;
import io.weir.operators.epoch.verify.NoVerdictException;
import io.weir.operators.epoch.verify.StampFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;

/**
 * A job under load from its start to its account, with topics, a database and stamps of its own.
 * Used by one thread.
 */
final class Trial implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final int EVENTS_PER_SECOND = 1000;
  private static final long KAFKA_SECONDS = 60;

  private final Cluster cluster;
  private final LiveChanges changes;
  private final String name;
  private final Path folder;
  private final Load load;
  private final FlinkJob job;
  private int generated;

  private Trial(
      Cluster cluster, LiveChanges changes, String name, Path folder, Load load, FlinkJob job) {
    this.cluster = cluster;
    this.changes = changes;
    this.name = name;
    this.folder = folder;
    this.load = load;
    this.job = job;
  }

  /**
   * Starts the job and the load.
   *
   * @param name of the trial: a word in lower case
   * @param guarantee of its results in Kafka
   */
  static Trial start(Cluster cluster, LiveChanges changes, String name, String guarantee)
      throws IOException, InterruptedException, SQLException {
    Path folder = Files.createDirectories(cluster.folder().resolve("trials").resolve(name));
    createTopics(cluster.kafka().servers(), List.of(events(name), results(name)));
    cluster.postgres().create(name);
    FlinkJob job =
        FlinkJob.submit(
            cluster.flink().jobManager(),
            cluster.jobJar(),
            arguments(cluster, name, folder, guarantee),
            Patience.of(PATIENCE));
    Load load = Load.start(cluster.kafka().servers(), events(name), EVENTS_PER_SECOND);
    return new Trial(cluster, changes, name, folder, load, job);
  }

  private static String events(String name) {
    return "events-" + name;
  }

  private static String results(String name) {
    return "results-" + name;
  }

  private static void createTopics(String servers, List<String> topics)
      throws IOException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .createTopics(
              topics.stream()
                  .map(topic -> new NewTopic(topic, Load.PARTITIONS, (short) KafkaServers.BROKERS))
                  .toList())
          .all()
          .get(KAFKA_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the topics " + topics + " cannot be made", e);
    }
  }

  private static List<String> arguments(Cluster cluster, String name, Path folder, String guarantee)
      throws IOException {
    String kafka = cluster.kafka().servers();
    List<String> overrides =
        List.of(
            "source.kafka.servers=\"" + kafka + "\"",
            "source.kafka.topic=" + events(name),
            "source.kafka.group=" + name,
            "store.file=" + cluster.store().clientFile(),
            "stamp-folder=" + folder.resolve("stamps"),
            "sink.kafka.servers=\"" + kafka + "\"",
            "sink.kafka.topic=" + results(name),
            "sink.kafka.guarantee=" + guarantee,
            "sink.kafka.transactional-id-prefix=" + name,
            "dead-letters.postgres.url=" + cluster.postgres().url(name));
    List<String> arguments =
        new ArrayList<>(List.of("analytics", "--settings", settings(folder).toString()));
    overrides.forEach(override -> arguments.addAll(List.of("--set", override)));
    return arguments;
  }

  private static Path settings(Path folder) throws IOException {
    Path file = folder.resolve("analytics.yaml");
    try (InputStream in = Trial.class.getResourceAsStream("analytics.yaml")) {
      Files.copy(Objects.requireNonNull(in, "analytics.yaml"), file);
    }
    return file;
  }

  /** The name of its database. */
  String name() {
    return name;
  }

  List<TopicPartition> resultPartitions() {
    return partitions(results(name));
  }

  FlinkJob job() {
    return job;
  }

  /**
   * Waits until it has completed a checkpoint, and has taken a version, of those behind a moment.
   */
  Recovery awaitProgress(Instant since) throws IOException, InterruptedException {
    Patience patience = Patience.of(PATIENCE);
    patience.until(
        "a checkpoint of the job",
        () ->
            Optional.of(job.isRunning() && job.completedCheckpointStart() > since.toEpochMilli()));
    Duration results = Duration.between(since, Instant.now());
    Instant change = patience.await("a change of configuration", () -> changes.inForceSince(since));
    return new Recovery(results, Duration.between(since, change), job.restoredCheckpoint());
  }

  /**
   * Ends the load, waits until the job has read everything, closes all windows and ends the job.
   */
  void finish() throws IOException, InterruptedException {
    generated = load.stop();
    Patience patience = Patience.of(PATIENCE);
    try (Backlog backlog = new Backlog(cluster.kafka().servers(), name, partitions(events(name)))) {
      patience.until("the end of the backlog", () -> Optional.of(isEmpty(backlog)));
    }
    job.finish(cluster.folder().resolve("savepoints"), PATIENCE);
  }

  private static boolean isEmpty(Backlog backlog) throws IOException, InterruptedException {
    try {
      return backlog.isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Kafka does not answer", e);
    }
  }

  private static List<TopicPartition> partitions(String topic) {
    return IntStream.range(0, Load.PARTITIONS)
        .mapToObj(each -> new TopicPartition(topic, each))
        .toList();
  }

  /** Counts anew from Kafka, PostgreSQL and the stamps. May be called again. */
  Figures account() throws IOException, SQLException {
    Balance balance =
        new Balance(load.account(), generated, WINDOW.toMillis(), new RuleBook(changes.versions()));
    String servers = cluster.kafka().servers();
    try (Connection database = cluster.postgres().connect(name)) {
      database.setAutoCommit(false);
      return new Audit(servers, database, StampFolder.open(folder.resolve("stamps")), balance)
          .run(partitions(events(name)), new ResultTopic(servers, resultPartitions()));
    } catch (NoVerdictException e) {
      throw new IOException("there is no verdict on the stamps", e);
    }
  }

  @Override
  public void close() {
    load.close();
  }
}
