package io.weir.benchmarks.pipeline.stream;

import io.weir.benchmarks.pipeline.totals.Received;
import io.weir.benchmarks.pipeline.totals.ResultRow;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads what is committed of a topic of rows, in a thread of its own, until it is closed. */
public final class ResultReader implements AutoCloseable {

  private final Received received = new Received();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::read, "weir-bench-results");
  private volatile @Nullable IOException failure;

  private ResultReader(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Begins to read a topic from its start. */
  public static ResultReader start(String servers, String topic, int partitions) {
    Properties properties = new Properties();
    properties.putAll(Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"));
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(
        IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(topic, i)).toList());
    consumer.seekToBeginning(consumer.assignment());
    ResultReader reader = new ResultReader(consumer);
    reader.thread.start();
    return reader;
  }

  private void read() {
    try (consumer) {
      while (true) {
        take(consumer.poll(Duration.ofSeconds(1)));
      }
    } catch (WakeupException e) {
      // It was closed.
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException e) {
      failure = new IOException("the results cannot be read", e);
    }
  }

  private void take(ConsumerRecords<byte[], byte[]> records) throws IOException {
    long now = System.currentTimeMillis();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      received.add(ResultRow.parse(record.value()), now);
    }
  }

  /**
   * What was read so far.
   *
   * @throws IOException if something could not be read
   */
  public Received received() throws IOException {
    IOException failed = failure;
    if (failed != null) {
      throw failed;
    }
    return received;
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
