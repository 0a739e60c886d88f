package io.weir.cluster.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.demo.balance.Audit;
import io.weir.jobs.demo.balance.Balance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The rows of windows in a topic of Kafka, as a reader of committed records sees them.
 *
 * @param servers of Kafka
 */
record ResultTopic(String servers, List<TopicPartition> partitions) implements Audit.Results {

  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofMillis(500);

  /** So many polls in a row without a step forward mean that Kafka answers no more: 30 seconds. */
  private static final int MOST_EMPTY_POLLS = 60;

  @Override
  public void readInto(Balance balance) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", servers, "isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      int empty = 0;
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        var records = consumer.poll(POLL);
        records.forEach(record -> tell(balance, record));
        empty = records.isEmpty() ? empty + 1 : 0;
        if (empty == MOST_EMPTY_POLLS) {
          throw new IllegalStateException("Kafka stays silent at " + partitions);
        }
      }
    }
  }

  private static void tell(Balance balance, ConsumerRecord<byte[], byte[]> record) {
    try {
      JsonNode row = JACKSON.readTree(record.value());
      balance.stored(
          Instant.parse(row.path("window_start").asText()).toEpochMilli(),
          row.path("status").longValue(),
          row.path("requests").longValue());
    } catch (IOException e) {
      throw new UncheckedIOException("no row at " + record.topic() + "@" + record.offset(), e);
    }
  }
}
