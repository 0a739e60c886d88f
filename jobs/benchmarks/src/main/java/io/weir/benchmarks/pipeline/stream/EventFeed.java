package io.weir.benchmarks.pipeline.stream;

import io.weir.jobs.generator.EventMaker;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes events into a topic, one partition after the other. Owned by one thread. */
public final class EventFeed implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final int partitions;

  private EventFeed(
      String servers, String topic, int partitions, Map<String, ? extends Object> more) {
    this.topic = topic;
    this.partitions = partitions;
    Properties properties = new Properties();
    properties.put("bootstrap.servers", servers);
    properties.put("compression.type", "lz4");
    properties.putAll(more);
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** One that writes many events, which all become readable at once. */
  public static EventFeed transactional(String servers, String topic, int partitions) {
    EventFeed feed =
        new EventFeed(
            servers,
            topic,
            partitions,
            Map.of(
                "transactional.id",
                topic,
                "transaction.timeout.ms",
                840_000,
                "batch.size",
                1 << 18,
                "linger.ms",
                50));
    feed.producer.initTransactions();
    return feed;
  }

  /** One that writes events as they come, each readable at once. */
  public static EventFeed live(String servers, String topic, int partitions) {
    return new EventFeed(servers, topic, partitions, Map.of("linger.ms", 2));
  }

  /** Writes events that nobody can read before {@link #commit()}. */
  public void write(EventMaker maker, long from, long to) {
    producer.beginTransaction();
    for (long event = from; event < to; event++) {
      send(maker, event);
    }
    producer.flush();
  }

  public void commit() {
    producer.commitTransaction();
  }

  /**
   * Writes each event when it arrives.
   *
   * @return how many milliseconds the latest of them was late
   */
  public long pace(EventStream stream, long events) {
    EventMaker maker = stream.maker();
    long behind = 0;
    for (long event = 0; event < events; event++) {
      long due = stream.arrivalMillis(event);
      while (System.currentTimeMillis() < due) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      behind = Math.max(behind, System.currentTimeMillis() - due);
      send(maker, event);
    }
    producer.flush();
    return behind;
  }

  private void send(EventMaker maker, long event) {
    var unused =
        producer.send(
            new ProducerRecord<>(topic, (int) (event % partitions), null, maker.make(event)));
  }

  @Override
  public void close() {
    producer.close();
  }
}
