package io.weir.cluster.faults;

import io.weir.jobs.generator.Account;
import io.weir.jobs.generator.EventMaker;
import io.weir.jobs.generator.GeneratorSettings;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.SettingsFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The generator's events into a topic, each when it is due, whatever fails meanwhile: the producer
 * sends again until a record is on two brokers, and Kafka drops what it has already. Among the
 * events are broken ones, doubles, late ones and such with a clock a day ahead.
 */
final class Load implements AutoCloseable {

  static final int PARTITIONS = 4;
  static final Duration DISORDER = Duration.ofSeconds(2);

  private static final List<String> EVENTS =
      List.of(
          "load.seed=42",
          "load.disorder=" + DISORDER.toSeconds() + "s",
          "load.duplicates=0.005",
          "load.late=0.003",
          "load.late-by=30s",
          "load.ahead.share=0.002",
          "load.ahead.by=1d",
          "load.broken=0.005");

  /** Longer than any fault: giving up would lose events before anybody had them. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final String topic;
  private final Account account;
  private final EventMaker maker;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Thread thread = new Thread(this::run, "weir-load");
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile boolean stopped;
  private volatile int made;

  private Load(String topic, GeneratorSettings settings, Map<String, Object> producer) {
    this.topic = topic;
    account = new Account(settings);
    maker = new EventMaker(settings);
    this.producer =
        new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Starts sending.
   *
   * @param servers of Kafka
   * @param perSecond events
   */
  static Load start(String servers, String topic, int perSecond) {
    List<String> settings = new ArrayList<>(EVENTS);
    settings.add("load.rate=" + perSecond);
    GeneratorSettings events =
        GeneratorSettings.read(
                new SettingsFile(new Problems(), name -> null).read(null, settings).section("load"))
            .startingAt(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    Map<String, Object> producer =
        Map.of(
            "bootstrap.servers",
            servers,
            "acks",
            "all",
            "enable.idempotence",
            true,
            "linger.ms",
            20,
            "max.block.ms",
            PATIENCE.toMillis(),
            "delivery.timeout.ms",
            (int) PATIENCE.toMillis());
    Load load = new Load(topic, events, producer);
    load.thread.start();
    return load;
  }

  private void run() {
    try {
      while (!stopped) {
        sendDue(System.currentTimeMillis());
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // What was made and not sent must not pass for lost.
      failure.compareAndSet(null, e);
    }
  }

  private void sendDue(long now) {
    while (account.arrivalMillis(made) <= now && !stopped) {
      int index = made;
      made = index + 1;
      var unused =
          producer.send(
              new ProducerRecord<>(topic, index % PARTITIONS, null, maker.make(index)),
              (sent, problem) -> failure.compareAndSet(null, problem));
    }
  }

  /**
   * Ends it.
   *
   * @return how many events there are; Kafka has acknowledged them all
   * @throws IOException if one could not be sent
   */
  int stop() throws IOException, InterruptedException {
    stopped = true;
    thread.join();
    producer.flush();
    Exception problem = failure.get();
    if (problem != null) {
      throw new IOException("an event could not be sent", problem);
    }
    return made;
  }

  Account account() {
    return account;
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    producer.close(Duration.ofSeconds(10));
  }
}
