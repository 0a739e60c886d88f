package io.weir.cluster.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The committed rows of windows in a topic, as they come. */
final class ResultRows implements AutoCloseable {

  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int MOST_POLLS = 240;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<String> windows = new HashSet<>();
  private boolean repeated;

  ResultRows(String servers, List<TopicPartition> partitions) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Waits for the next rows, and returns one of them. */
  ConsumerRecord<byte[], byte[]> next() throws IOException {
    for (int poll = 0; poll < MOST_POLLS; poll++) {
      ConsumerRecords<byte[], byte[]> rows = poll();
      if (!rows.isEmpty()) {
        return rows.iterator().next();
      }
    }
    throw new IOException("there are no more rows");
  }

  private ConsumerRecords<byte[], byte[]> poll() throws IOException {
    ConsumerRecords<byte[], byte[]> rows = consumer.poll(POLL);
    for (ConsumerRecord<byte[], byte[]> row : rows) {
      note(JACKSON.readTree(row.value()));
    }
    return rows;
  }

  private void note(JsonNode row) {
    repeated |= !windows.add(row.path("window_start").asText() + row.path("status"));
  }

  /** Reads all rows there are at this moment. */
  void readAll() throws IOException {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    for (int poll = 0; isBefore(ends); poll++) {
      var unused = poll();
      if (poll == MOST_POLLS) {
        throw new IOException("Kafka stays silent");
      }
    }
  }

  private boolean isBefore(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  /** Whether a row of those that were read so far was of a window and group that had one. */
  boolean isAnyRepeated() {
    return repeated;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
