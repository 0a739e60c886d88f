package io.weir.jobs.monitoring;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.local.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spans from Kafka, tables and alerts into Kafka; both TaskManagers are lost, one by one. */
@Timeout(300)
class LostTaskManagerIT {

  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TOPIC = "spans";
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  // Of a minute: more than a partition needs for its clock to be believed at once.
  private static final int CALLS = 600;

  @TempDir private Path folder;

  private final Spans spans = new Spans();

  // Closing a MiniCluster may be interrupted, as all of the test may.
  @SuppressWarnings("try")
  @Test
  void everyCallAndEveryAlertIsInKafkaOnce() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        KafkaProducer<String, String> out = producer(kafka);
        MiniCluster flink = new MiniCluster(twoTaskManagers())) {
      createTopic(kafka);
      flink.start();
      JobID job = start(flink, kafka);
      minute(out, 0, 0);
      minute(out, 1, 6);
      minute(out, 2, 6);
      awaitAlerts(kafka, 1);

      lose(flink, 0);
      minute(out, 3, 0);
      minute(out, 4, 7);
      awaitAlerts(kafka, 3);
      minute(out, 5, 8);
      lose(flink, 1);
      minute(out, 6, 0);
      minute(out, 7, 0);
      awaitAlerts(kafka, 6);
      flink.cancelJob(job).get();

      assertThat(alerts(kafka))
          .containsExactly(
              "10:02 pending 6",
              "10:03 firing 6",
              "10:04 resolved 0",
              "10:05 pending 7",
              "10:06 firing 8",
              "10:07 resolved 0");
      assertThat(calls(kafka))
          .containsExactly(
              "10:00 600",
              "10:01 600",
              "10:02 600",
              "10:03 600",
              "10:04 600",
              "10:05 600",
              "10:06 600");
    }
  }

  /** One slot each: every TaskManager has a subtask of everything. */
  private MiniClusterConfiguration twoTaskManagers() {
    return new MiniClusterConfiguration.Builder()
        .setConfiguration(profile())
        .setNumTaskManagers(2)
        .setNumSlotsPerTaskManager(1)
        .withRandomPorts()
        .build();
  }

  private Configuration profile() {
    Configuration profile = MonitoringRun.profile();
    profile.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    profile.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ZERO);
    profile.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.resolve("saved").toUri().toString());
    return profile;
  }

  private static void lose(MiniCluster flink, int taskManager) throws Exception {
    flink.terminateTaskManager(taskManager).get();
    flink.startTaskManager();
  }

  private JobID start(MiniCluster flink, EmbeddedKafka kafka) throws Exception {
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(profile());
    env.setParallelism(2);
    job(kafka).define(env);
    return flink.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
  }

  private PreparedJob job(EmbeddedKafka kafka) throws IOException {
    Path rules =
        Files.writeString(
            folder.resolve("rules.yaml"),
            """
            rules:
              - {name: errors, metric: errors, comparison: ">", threshold: 5, for: 2min}
            """);
    return new MonitoringRun(folder)
        .prepareWhole(
            """
            source: {kafka: {servers: "%1$s", topic: %2$s, format: otlp-json}}
            time: {lateness: 1s}
            alerts: {rules: "%3$s"}
            sink: {kafka: {servers: "%1$s", topic: watch}}
            """
                .formatted(kafka.servers(), TOPIC, rules));
  }

  private static void createTopic(EmbeddedKafka kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.servers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get(30, SECONDS);
    }
  }

  private static KafkaProducer<String, String> producer(EmbeddedKafka kafka) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.servers()),
        new StringSerializer(),
        new StringSerializer());
  }

  /** A minute of the shop, in both partitions, in which so many of the calls fail. */
  private void minute(KafkaProducer<String, String> out, int minute, int errors) {
    for (int call = 0; call < CALLS; call++) {
      Instant end = START.plusSeconds(60L * minute + 10).plusMillis(50L * call);
      String line = spans.line("shop", end, 20, call < errors);
      var unused = out.send(new ProducerRecord<>(TOPIC, call % 2, null, line));
    }
    out.flush();
  }

  private static void awaitAlerts(EmbeddedKafka kafka, int count) {
    await().atMost(PATIENCE).until(() -> alerts(kafka).size() >= count);
  }

  private static List<String> alerts(EmbeddedKafka kafka) throws IOException {
    List<String> alerts = new ArrayList<>();
    for (JsonNode row : committed(kafka, "watch.alerts")) {
      assertThat(row.get("service").textValue()).isEqualTo("shop");
      alerts.add(
          minuteOf(row, "at")
              + " "
              + row.get("state").textValue()
              + " "
              + row.get("value").asInt());
    }
    return alerts;
  }

  private static List<String> calls(EmbeddedKafka kafka) throws IOException {
    List<String> calls = new ArrayList<>();
    for (JsonNode row : committed(kafka, "watch.red_by_service")) {
      calls.add(minuteOf(row, "window_start") + " " + row.get("calls"));
    }
    return calls;
  }

  private static String minuteOf(JsonNode row, String column) {
    return row.get(column).textValue().substring("2026-03-01T".length()).substring(0, 5);
  }

  /** The rows of a topic of one partition that are committed now. */
  private static List<JsonNode> committed(EmbeddedKafka kafka, String topic) throws IOException {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", kafka.servers(), "isolation.level", "read_committed");
    List<JsonNode> rows = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (var record : consumer.poll(Duration.ofSeconds(1))) {
          rows.add(JACKSON.readTree(record.value()));
        }
      }
    }
    return rows;
  }
}
