package io.weir.jobs.analytics;

import io.weir.jobs.analytics.Portions.Event;
import io.weir.jobs.analytics.Portions.Fate;
import io.weir.jobs.analytics.Portions.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends portions of events to a topic of its own, and knows what must become of them. */
final class Feed implements AutoCloseable {

  private final String topic;
  private final int partitions;
  private final int silent;
  private final Portions portions;
  private final KafkaProducer<String, String> producer;
  private final List<Event> sent = new ArrayList<>();
  private final List<String> deadLetters = new ArrayList<>();
  private int portion;

  /**
   * Makes a topic.
   *
   * @param partitions how many get portions
   * @param silent how many there are beside them; the job waits for each after every start
   */
  Feed(String servers, String topic, int partitions, int silent, long seed) throws Exception {
    this.topic = topic;
    this.partitions = partitions;
    this.silent = silent;
    portions = new Portions(seed);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      NewTopic created = new NewTopic(topic, partitions + silent, (short) 1);
      admin.createTopics(List.of(created)).all().get(60, TimeUnit.SECONDS);
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "linger.ms", "60000"),
            new StringSerializer(),
            new StringSerializer());
  }

  /** Sends a portion to each partition that is not silent; returns the ids of the good events. */
  Set<Long> sendPortion() throws Exception {
    Set<Long> good = new HashSet<>();
    for (int partition = 0; partition < partitions; partition++) {
      good.addAll(send(partition, portions.next(portion)));
    }
    portion++;
    return good;
  }

  /** Sends events to a partition; returns the ids of the good ones. */
  Set<Long> send(int partition, List<Event> events) throws Exception {
    List<Future<RecordMetadata>> acknowledged = new ArrayList<>();
    for (Event event : events) {
      acknowledged.add(producer.send(new ProducerRecord<>(topic, partition, null, event.json())));
    }
    // In one batch, so that nothing but what follows a wrong clock decides on it, no silence.
    producer.flush();
    Set<Long> good = new HashSet<>();
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      long offset = acknowledged.get(i).get(60, TimeUnit.SECONDS).offset();
      sent.add(event);
      if (event.fate() == Fate.GOOD) {
        good.add(event.id());
      } else if (event.fate() != Fate.CLOSED) {
        String reason = event.fate().name().toLowerCase(Locale.ROOT);
        deadLetters.add(reason + " " + topic + "-" + partition + " " + offset);
      }
    }
    return good;
  }

  Portions portions() {
    return portions;
  }

  /** The watermark when everything that was sent has been read. */
  long watermark() {
    return Portions.watermarkAfter(portion - 1);
  }

  /** Makes the job's source read the topic. */
  String settings(String servers) {
    return """
        source: {kafka: {servers: "%s", topic: "%s", format: json}}
        time: {field: time, lateness: %dms, idle: %s, hold: {rows: 8}}
        """
        .formatted(servers, topic, Portions.LATENESS_MILLIS, silent > 0 ? "2s" : "5min");
  }

  /** The rows of all that was sent. */
  Map<Window, String> rows() {
    return Portions.rows(sent);
  }

  /** The rows of windows that are closed when everything that was sent has been read. */
  Map<Window, String> closedRows() {
    Map<Window, String> rows = rows();
    rows.keySet().removeIf(window -> window.endMillis() - 1 > watermark());
    return rows;
  }

  /** The dead letters of all that was sent, as {@code reason origin position}. */
  List<String> deadLetters() {
    return deadLetters;
  }

  @Override
  public void close() {
    producer.close();
  }
}
