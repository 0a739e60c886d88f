package io.weir.jobs.analytics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.analytics.Portions.Window;
import io.weir.jobs.analytics.Watch.Result;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Two topics; with exactly-once, records are there for readers of committed ones. */
final class KafkaTarget implements Target {

  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final int PARTITIONS = 2;

  private final String servers;
  private final String topic;
  private final String guarantee;
  private final KafkaConsumer<String, String> watching;

  KafkaTarget(Servers servers, String topic, String guarantee) throws Exception {
    this.servers = servers.kafka().servers();
    this.topic = topic;
    this.guarantee = guarantee;
    create(topic);
    create(topic + "-dead");
    watching = reader("read_committed");
    watching.assign(partitions(topic));
    watching.seekToBeginning(partitions(topic));
  }

  private void create(String name) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .createTopics(List.of(new NewTopic(name, PARTITIONS, (short) 1)))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
  }

  private KafkaConsumer<String, String> reader(String isolation) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", servers, "isolation.level", isolation),
        new StringDeserializer(),
        new StringDeserializer());
  }

  private static List<TopicPartition> partitions(String topic) {
    return List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
  }

  @Override
  public String settings() {
    String sink =
        "{kafka: {servers: \"%s\", topic: %s, guarantee: %s, transactional-id-prefix: %s}}";
    String dead = topic + "-dead";
    return "sink: %s%ndead-letters: %s%n"
        .formatted(
            sink.formatted(servers, topic, guarantee, topic),
            sink.formatted(servers, dead, guarantee, dead));
  }

  @Override
  public Callable<List<Result>> look() {
    return () -> results(watching.poll(Duration.ofMillis(50)));
  }

  @Override
  public List<Result> results() throws Exception {
    return results(readAll(topic, "read_committed"));
  }

  @Override
  public List<Result> sent() throws Exception {
    return results(readAll(topic, "read_uncommitted"));
  }

  @Override
  public List<String> deadLetters() throws Exception {
    List<String> letters = new ArrayList<>();
    for (ConsumerRecord<String, String> record : readAll(topic + "-dead", "read_committed")) {
      JsonNode letter = JACKSON.readTree(record.value());
      letters.add(
          letter.get("reason").asText()
              + " "
              + letter.get("origin").asText()
              + " "
              + letter.get("position").asText());
    }
    return letters;
  }

  private static List<Result> results(Iterable<ConsumerRecord<String, String>> records)
      throws IOException {
    List<Result> results = new ArrayList<>();
    for (ConsumerRecord<String, String> record : records) {
      JsonNode row = JACKSON.readTree(record.value());
      results.add(
          new Result(
              new Window(
                  Instant.parse(row.get("window_start").asText()), row.get("status").asText()),
              Portions.row(
                  row.get("requests").asLong(),
                  row.get("ids").asLong(),
                  row.get("bytes").asLong())));
    }
    return results;
  }

  private List<ConsumerRecord<String, String>> readAll(String name, String isolation) {
    try (KafkaConsumer<String, String> consumer = reader(isolation)) {
      List<TopicPartition> partitions = partitions(name);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<String, String>> records = new ArrayList<>();
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        ConsumerRecords<String, String> more = consumer.poll(Duration.ofSeconds(1));
        more.forEach(records::add);
      }
      return records;
    }
  }

  @Override
  public void close() {
    watching.close();
  }
}
