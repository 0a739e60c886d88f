package io.weir.jobs.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a consumer group has not read yet. Offsets alone do not tell: behind the last record stand
 * the marks of transactions, which a group's offset never passes. So it looks whether any record
 * stands there.
 */
public final class Backlog implements AutoCloseable {

  private static final long TIMEOUT_SECONDS = 30;
  private static final Duration POLL = Duration.ofMillis(200);

  private final String group;
  private final List<TopicPartition> partitions;
  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;

  public Backlog(String servers, String group, List<TopicPartition> partitions) {
    this.group = group;
    this.partitions = List.copyOf(partitions);
    admin = Admin.create(Map.of("bootstrap.servers", servers));
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Whether the group has committed that it read every committed record. */
  public boolean isEmpty() throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata offset = committed.get(partition);
      if (hasRecordFrom(partition, offset == null ? 0 : offset.offset())) {
        return false;
      }
    }
    return true;
  }

  private boolean hasRecordFrom(TopicPartition partition, long offset) {
    List<TopicPartition> alone = List.of(partition);
    consumer.assign(alone);
    consumer.seek(partition, offset);
    long end = consumer.endOffsets(alone).getOrDefault(partition, 0L);
    while (consumer.position(partition) < end) {
      long before = consumer.position(partition);
      if (!consumer.poll(POLL).isEmpty()) {
        return true;
      }
      if (consumer.position(partition) == before) {
        // Kafka did not answer in time: not known to be empty.
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    consumer.close();
    admin.close();
  }
}
