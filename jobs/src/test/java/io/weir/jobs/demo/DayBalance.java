package io.weir.jobs.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What an independent reader of the topic counts, beside what the job stored.
 *
 * @param inKafka committed records
 * @param letters dead letters
 * @param expected events that are no dead letter, by window and status
 * @param stored the same by the job
 */
record DayBalance(
    long inKafka, long letters, Map<String, Long> expected, Map<String, Long> stored) {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final ObjectMapper JACKSON = new ObjectMapper();

  static DayBalance of(
      String servers, List<TopicPartition> partitions, Connection database, Duration window)
      throws SQLException, IOException {
    Set<String> letters = letters(database);
    Map<String, Long> expected = new TreeMap<>();
    long records = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          records++;
          String place =
              new TopicPartition(record.topic(), record.partition()) + " " + record.offset();
          if (!letters.contains(place)) {
            expected.merge(group(record.value(), window), 1L, Long::sum);
          }
        }
      }
    }
    return new DayBalance(records, letters.size(), expected, stored(database));
  }

  private static String group(byte[] event, Duration window) throws IOException {
    JsonNode json = JACKSON.readTree(event);
    long time = Instant.parse(json.get("time").asText()).toEpochMilli();
    return group(time - Math.floorMod(time, window.toMillis()), json.get("status").asLong());
  }

  private static String group(long windowStart, long status) {
    return Instant.ofEpochMilli(windowStart) + " " + status;
  }

  private static Set<String> letters(Connection database) throws SQLException {
    Set<String> letters = new HashSet<>();
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("SELECT origin, position FROM dead_letters")) {
      while (rows.next()) {
        letters.add(rows.getString(1) + " " + rows.getLong(2));
      }
    }
    return letters;
  }

  private static Map<String, Long> stored(Connection database) throws SQLException {
    Map<String, Long> stored = new TreeMap<>();
    try (Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT window_start, status, requests FROM traffic")) {
      while (rows.next()) {
        stored.put(group(rows.getTimestamp(1).getTime(), rows.getLong(2)), rows.getLong(3));
      }
    }
    return stored;
  }

  /** Events that the job counted. */
  long counted() {
    return stored.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public String toString() {
    return "in Kafka %d, dead letters %d, counted %d in %d windows by status"
        .formatted(inKafka, letters, counted(), stored.size());
  }
}
