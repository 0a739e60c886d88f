package io.weir.jobs.letters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends mended records to a topic, each letter once.
 *
 * <p>A record and a mark with the letter's id, in the compacted topic {@code TOPIC.replayed}, are
 * written in one transaction: both are there for readers of committed records, or neither. A letter
 * whose mark is there is left out. Runs have one transactional id for a topic, so one that is under
 * way loses the right to commit when another begins, before that one reads the marks.
 *
 * <p>In memory is one batch at a time.
 */
public final class TopicReplay {

  /** Names the letter that a record comes from, for people who look at the topic. */
  static final String HEADER = "weir-dead-letter";

  private static final int BATCH_LETTERS = 50_000;
  private static final long BATCH_BYTES = 32L << 20;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Pattern PARTITION = Pattern.compile("(.+)-(\\d{1,9})");

  private final KafkaPlace kafka;
  private final String topic;
  private final String marks;
  private final InstantSource clock;
  private int partitions;

  /**
   * Makes a replay.
   *
   * @param target which brokers
   * @param topic that gets the records; it must exist
   */
  TopicReplay(KafkaPlace target, String topic, InstantSource clock) {
    this.kafka = target;
    this.topic = topic;
    this.marks = topic + ".replayed";
    this.clock = clock;
  }

  /**
   * What came of a replay.
   *
   * @param sent by this run
   * @param left out since they had been sent before, or stand in the file twice
   */
  public record Outcome(long sent, long left) {}

  /** Sends the letters of a file that are not marked yet. */
  public Outcome send(Path mended) throws IOException {
    try {
      prepareTopics();
      return send(mended, producer());
    } catch (ProducerFencedException e) {
      throw new IOException("another replay to topic " + topic + " has begun: this one ends", e);
    } catch (KafkaException e) {
      throw new IOException(
          "Kafka did not take all of it: "
              + e.getMessage()
              + "; what it took is marked: the same command goes on behind it",
          e);
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> properties = kafka.client();
    properties.put("transactional.id", "weir-replay-" + topic);
    properties.put("enable.idempotence", "true");
    properties.put("compression.type", "lz4");
    properties.put("max.request.size", "16777216");
    properties.put("max.block.ms", String.valueOf(LIMIT.toMillis()));
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Outcome send(Path mended, KafkaProducer<byte[], byte[]> producer) throws IOException {
    try {
      // First: from here on no other run can commit, so the marks read now stay true.
      producer.initTransactions();
      Batches batches = new Batches(producer);
      MendedFile.read(mended, batches::add);
      batches.flush();
      return batches.outcome();
    } finally {
      // Without a limit it waits until it can abort what it has begun: for ever, without Kafka.
      producer.close(LIMIT);
    }
  }

  private void prepareTopics() throws IOException {
    try (Admin admin = Admin.create(kafka.client())) {
      partitions =
          Objects.requireNonNull(
                  admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic))
              .partitions()
              .size();
      createMarks(admin);
    } catch (ExecutionException e) {
      throw new IOException(kafka + ", topic " + topic + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void createMarks(Admin admin) throws ExecutionException, InterruptedException {
    NewTopic compacted =
        new NewTopic(marks, Optional.of(1), Optional.empty())
            .configs(Map.of("cleanup.policy", "compact"));
    try {
      admin.createTopics(List.of(compacted)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  /** Letters that are sent together. */
  private final class Batches {

    private final KafkaProducer<byte[], byte[]> producer;
    private Map<String, Letter> letters = new LinkedHashMap<>();
    private long bytes;
    private long sent;
    private long left;

    Batches(KafkaProducer<byte[], byte[]> producer) {
      this.producer = producer;
    }

    void add(Letter letter) throws IOException {
      if (letters.putIfAbsent(letter.id(), letter) != null) {
        left++;
        return;
      }
      bytes += letter.bytes().length;
      if (letters.size() >= BATCH_LETTERS || bytes >= BATCH_BYTES) {
        flush();
      }
    }

    void flush() throws IOException {
      int all = letters.size();
      letters.keySet().removeAll(marked(letters.keySet()));
      left += all - letters.size();
      if (!letters.isEmpty()) {
        producer.beginTransaction();
        letters.values().forEach(this::send);
        producer.commitTransaction();
      }
      sent += letters.size();
      letters = new LinkedHashMap<>();
      bytes = 0;
    }

    // A failed send fails the transaction's commit, which is waited for.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(Letter letter) {
      byte[] id = letter.id().getBytes(StandardCharsets.UTF_8);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(topic, partition(letter), null, letter.bytes());
      record.headers().add(HEADER, id);
      producer.send(record);
      byte[] when = clock.instant().toString().getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(marks, id, when));
    }

    Outcome outcome() {
      return new Outcome(sent, left);
    }
  }

  /** Where it came from, so that it stays among its own; the client's choice for any other. */
  private @Nullable Integer partition(Letter letter) {
    Matcher origin = PARTITION.matcher(letter.origin());
    boolean own = origin.matches() && origin.group(1).equals(topic);
    int partition = own ? Integer.parseInt(origin.group(2)) : partitions;
    return partition < partitions ? Integer.valueOf(partition) : null;
  }

  private Set<String> marked(Set<String> ids) throws IOException {
    Set<String> found = new HashSet<>();
    try (CommittedRecords records = new CommittedRecords(kafka)) {
      records.read(
          marks,
          record -> {
            String id = new String(record.key(), StandardCharsets.UTF_8);
            if (ids.contains(id)) {
              found.add(id);
            }
          });
    }
    return found;
  }
}
