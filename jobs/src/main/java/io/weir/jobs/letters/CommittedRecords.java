package io.weir.jobs.letters;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed in a topic now, partition by partition. */
final class CommittedRecords implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);

  /** So many polls in a row without a step forward mean that Kafka answers no more: 30 seconds. */
  private static final int MOST_EMPTY_POLLS = 60;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaPlace place;

  /** Takes a record. */
  interface Reader {
    void record(ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  CommittedRecords(KafkaPlace place) {
    Map<String, Object> properties = place.client();
    properties.put("isolation.level", "read_committed");
    properties.put("allow.auto.create.topics", "false");
    this.place = place;
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  void read(String topic, Reader reader) throws IOException {
    try {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic);
      if (partitions == null || partitions.isEmpty()) {
        throw new IOException(place + " has no topic " + topic);
      }
      for (PartitionInfo partition : partitions) {
        read(new TopicPartition(topic, partition.partition()), reader);
      }
    } catch (KafkaException e) {
      throw new IOException(place + ", topic " + topic + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private void read(TopicPartition partition, Reader reader) throws IOException {
    List<TopicPartition> alone = List.of(partition);
    consumer.assign(alone);
    consumer.seekToBeginning(alone);
    long end = consumer.endOffsets(alone).getOrDefault(partition, 0L);
    int empty = 0;
    for (long at = consumer.position(partition); at < end; ) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        reader.record(record);
      }
      long before = at;
      at = consumer.position(partition);
      empty = at == before ? empty + 1 : 0;
      if (empty == MOST_EMPTY_POLLS) {
        throw new IOException("Kafka stays silent at " + partition + ", offset " + at);
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
