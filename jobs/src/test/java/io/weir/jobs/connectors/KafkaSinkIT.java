package io.weir.jobs.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.encoding.RowFormat;
import io.weir.jobs.local.EmbeddedKafka;
import io.weir.operators.intake.DeadLetter;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSinkIT {

  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final int ROWS = 2_000;

  private static @Nullable EmbeddedKafka kafka;

  @TempDir private Path checkpoints;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    if (kafka != null) {
      kafka.close();
    }
  }

  private static String servers() {
    if (kafka == null) {
      throw new IllegalStateException("not started");
    }
    return kafka.servers();
  }

  @Test
  void exactlyOnceGivesReadersOfCommittedRecordsEachRowOnce() throws Exception {
    List<ConsumerRecord<String, String>> records = run("once", Guarantee.EXACTLY_ONCE);

    assertThat(ids(records))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, ROWS).boxed().toList());
  }

  @Test
  void atLeastOnceRepeatsRowsButLosesNone() throws Exception {
    List<Long> ids = ids(run("twice", Guarantee.AT_LEAST_ONCE));

    assertThat(ids).hasSizeGreaterThan(ROWS);
    assertThat(new HashSet<>(ids)).hasSize(ROWS);
  }

  @Test
  void aDeadLetterThatNoBrokerTakesInOneRecordIsKeptInParts() throws Exception {
    // What compresses least: every byte of it goes over the wire, as base64 or as text.
    byte[] bytes = new byte[1 << 20];
    new SplittableRandom(1).nextBytes(bytes);
    String text =
        new SplittableRandom(2)
            .ints(1 << 19, 1, 0x800)
            .boxed()
            .map(Character::toString)
            .collect(Collectors.joining());
    Configuration noRestart = new Configuration();
    noRestart.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, noRestart);
    createTopic("letters");

    DeadLetters.attach(
        env.fromData(
            new DeadLetter("broken", "why", "file", 1, bytes),
            new DeadLetter("broken", "why", "file", 2, text.getBytes(UTF_8))),
        sink("letters", Guarantee.AT_LEAST_ONCE),
        "letters");
    env.execute();

    assertThat(letter(1)).isEqualTo(bytes);
    assertThat(new String(letter(2), UTF_8)).isEqualTo(text);
  }

  /** The bytes of a dead letter, put together from its parts. */
  private static byte[] letter(int position) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ConsumerRecord<String, String> record : read("letters")) {
      JsonNode row = JACKSON.readTree(record.value());
      if (row.get("position").intValue() == position) {
        assertThat(row.get("detail").textValue())
            .startsWith("why (bytes " + (bytes.size() + 1) + " to ");
        bytes.write(
            row.get("text").isNull()
                ? row.get("base64").binaryValue()
                : row.get("text").textValue().getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static KafkaSinkSettings sink(String topic, Guarantee guarantee) {
    return new KafkaSinkSettings(servers(), topic, guarantee, topic, RowFormat.JSON, Map.of());
  }

  private static void createTopic(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
      admin
          .createTopics(List.of(new NewTopic(topic, 2, (short) 1)))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
  }

  private List<ConsumerRecord<String, String>> run(String topic, Guarantee guarantee)
      throws Exception {
    createTopic(topic);
    long restored = FailingJob.run(sink(topic, guarantee), ROWS, checkpoints, () -> {});
    assertThat(restored).isGreaterThanOrEqualTo(1);
    return read(topic);
  }

  /** Everything that is committed now. */
  private static List<ConsumerRecord<String, String>> read(String topic) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", servers(), "isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<String, String>> records = new ArrayList<>();
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
      }
      return records;
    }
  }

  private static List<Long> ids(List<ConsumerRecord<String, String>> records) throws Exception {
    List<Long> ids = new ArrayList<>();
    for (ConsumerRecord<String, String> record : records) {
      JsonNode value = JACKSON.readTree(record.value());
      assertThat(JACKSON.readTree(record.key()).toString())
          .isEqualTo("{\"id\":" + value.get("id") + "}");
      ids.add(value.get("id").longValue());
    }
    return ids;
  }
}
