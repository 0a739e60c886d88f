package io.weir.jobs.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.jobs.connectors.DeadLetters;
import io.weir.jobs.connectors.Guarantee;
import io.weir.jobs.connectors.KafkaSinkSettings;
import io.weir.jobs.encoding.RowFormat;
import io.weir.jobs.local.EmbeddedKafka;
import io.weir.operators.intake.DeadLetter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters of a real job in a real topic, and back into the topic that they came from. */
class TopicReplayIT {

  private static @Nullable EmbeddedKafka kafka;

  @TempDir private Path folder;

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

  private static KafkaPlace place() {
    if (kafka == null) {
      throw new IllegalStateException("not started");
    }
    return new KafkaPlace(kafka.servers(), Map.of());
  }

  private static void create(KafkaPlace place, String topic, int partitions) throws Exception {
    try (Admin admin = Admin.create(place.client())) {
      admin
          .createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
  }

  /** Has a job refuse records. */
  private static LettersOfJob refuse(String name, DeadLetter... letters) throws Exception {
    create(place(), name, 3);
    create(place(), name + ".dead", 2);
    Configuration noRestart = new Configuration();
    noRestart.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, noRestart);
    DeadLetters.attach(
        env.fromData(letters),
        new KafkaSinkSettings(
            place().servers(),
            name + ".dead",
            Guarantee.AT_LEAST_ONCE,
            name,
            RowFormat.JSON,
            Map.of()),
        name);
    env.execute();
    return LettersOfJob.read(
        null,
        List.of(
            "source.kafka={servers: '%s', topic: %s}".formatted(place().servers(), name),
            "dead-letters.kafka={servers: '%s', topic: %s.dead}"
                .formatted(place().servers(), name)),
        variable -> null);
  }

  private static DeadLetter broken(String topic, int partition, long offset, byte[] bytes) {
    return new DeadLetter("broken", "why", topic + "-" + partition, offset, bytes);
  }

  private Path export(LettersOfJob letters) throws IOException {
    Path file = folder.resolve("mended.jsonl");
    MendedFile.write(file, letters.place()::read);
    return file;
  }

  private static TopicReplay replay(LettersOfJob letters) {
    return letters.replay(Optional.empty(), InstantSource.system());
  }

  private static List<ConsumerRecord<byte[], byte[]>> committed(String topic) throws IOException {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    try (CommittedRecords records = new CommittedRecords(place())) {
      records.read(topic, all::add);
    }
    return all;
  }

  private static List<String> texts(String topic) throws IOException {
    return committed(topic).stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  @Test
  void sendsEachMendedRecordOnceToThePartitionThatItCameFrom() throws Exception {
    byte[] large = new byte[900_000]; // as base64 it takes two rows
    new Random(1).nextBytes(large);
    LettersOfJob letters =
        refuse(
            "events",
            broken("events", 2, 5, "{\"a\":".getBytes(UTF_8)),
            broken("events", 1, 6, large));
    Path mended = export(letters);
    Files.writeString(mended, Files.readString(mended).replace("{\\\"a\\\":", "{\\\"a\\\":1}"));

    TopicReplay.Outcome first = replay(letters).send(mended);
    TopicReplay.Outcome second = replay(letters).send(mended);

    assertThat(first).isEqualTo(new TopicReplay.Outcome(2, 0));
    assertThat(second).isEqualTo(new TopicReplay.Outcome(0, 2));
    Map<Integer, byte[]> byPartition = new HashMap<>();
    committed("events").forEach(record -> byPartition.put(record.partition(), record.value()));
    assertThat(byPartition).hasSize(2).containsKeys(1, 2);
    assertThat(byPartition.get(1)).isEqualTo(large);
    assertThat(byPartition.get(2)).isEqualTo("{\"a\":1}".getBytes(UTF_8));
    assertThat(committed("events").get(0).headers().lastHeader(TopicReplay.HEADER).value())
        .isEqualTo("events-1@6/broken".getBytes(UTF_8));
  }

  @Test
  void countsWhatARunThatWasKilledLeftOpenAsNotSent() throws Exception {
    LettersOfJob letters = refuse("killed", broken("killed", 0, 1, "a".getBytes(UTF_8)));
    Path mended = export(letters);
    replay(letters).send(Files.writeString(folder.resolve("none"), ""));
    // As a run leaves it that ends between sending and committing.
    KafkaProducer<byte[], byte[]> killed = producer("weir-replay-killed");
    killed.initTransactions();
    killed.beginTransaction();
    killed.send(new ProducerRecord<>("killed", "a".getBytes(UTF_8))).get();
    killed
        .send(
            new ProducerRecord<>(
                "killed.replayed", "killed-0@1/broken".getBytes(UTF_8), "now".getBytes(UTF_8)))
        .get();

    TopicReplay.Outcome outcome = replay(letters).send(mended);

    assertThat(outcome).isEqualTo(new TopicReplay.Outcome(1, 0));
    assertThat(texts("killed")).containsExactly("a");
    assertThatThrownBy(killed::commitTransaction).isInstanceOf(KafkaException.class);
    killed.close(Duration.ZERO);
    assertThat(texts("killed")).containsExactly("a");
  }

  private static KafkaProducer<byte[], byte[]> producer(String id) {
    Map<String, Object> properties = place().client();
    properties.put("transactional.id", id);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Test
  void sendsNothingOfAFileThatIsWrongInItsLastLine() throws Exception {
    LettersOfJob letters = refuse("wrong", broken("wrong", 0, 1, "a".getBytes(UTF_8)));
    Path mended = export(letters);
    Files.writeString(mended, Files.readString(mended) + "{oops\n");

    assertThatThrownBy(() -> replay(letters).send(mended))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("mended.jsonl:2: not JSON");

    assertThat(texts("wrong")).isEmpty();
  }

  @Test
  void takesAnOriginOfManyDigitsForNoPartition() throws Exception {
    create(place(), "digits", 1);
    Path mended = export("digits-99999999999999");

    new TopicReplay(place(), "digits", InstantSource.system()).send(mended);

    assertThat(texts("digits")).containsExactly("a");
  }

  private Path export(String origin) throws IOException {
    Path mended = folder.resolve("mended.jsonl");
    Letter letter = new Letter("broken", "why", origin, 1, "a".getBytes(UTF_8));
    MendedFile.write(mended, reader -> reader.accept(letter));
    return mended;
  }

  @Test
  @EnabledIfSystemProperty(
      named = "weir.soak",
      matches = "true",
      disabledReason = "it waits a minute for what does not come")
  @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void endsWhenKafkaEndsInTheMiddle() throws Exception {
    Path mended = export("elsewhere");
    EmbeddedKafka own = EmbeddedKafka.start();
    try {
      KafkaPlace place = new KafkaPlace(own.servers(), Map.of());
      create(place, "middle", 1);
      InstantSource end =
          () -> {
            own.close();
            return Instant.EPOCH;
          };

      assertThatThrownBy(() -> new TopicReplay(place, "middle", end).send(mended))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Kafka did not take all of it");
    } finally {
      own.close();
    }
  }

  @Test
  void saysThatThereIsNoSuchTopic() throws Exception {
    TopicReplay nowhere = new TopicReplay(place(), "nowhere", InstantSource.system());
    Path none = Files.writeString(folder.resolve("none"), "");

    assertThatThrownBy(() -> nowhere.send(none))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("topic nowhere");
  }
}
