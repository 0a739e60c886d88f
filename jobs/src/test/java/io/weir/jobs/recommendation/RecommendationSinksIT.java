package io.weir.jobs.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.launch.Launcher;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.launch.SettingsOptions;
import io.weir.jobs.local.EmbeddedKafka;
import io.weir.jobs.local.EmbeddedPostgres;
import io.weir.jobs.local.LocalCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Lists, neighbours and quality in a real database and in topics. */
@Timeout(300)
class RecommendationSinksIT {

  private static final int USERS = 30;
  private static final int ITEMS = 12;

  @TempDir private Path folder;

  @Test
  void keepsTheNewestListOfEachUserInPostgres() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        LocalCluster cluster = LocalCluster.start(RecommendationRun.profile())) {
      run(
          cluster,
          "sink: {postgres: {url: \"%s\", user: %s}}".formatted(postgres.url(), postgres.user()));

      try (var connection =
              DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
          var statement = connection.createStatement();
          var rows =
              statement.executeQuery(
                  "SELECT \"user\", count(*), count(DISTINCT item), max(rank)"
                      + " FROM recommendations GROUP BY \"user\"")) {
        int users = 0;
        while (rows.next()) {
          users++;
          // At first a list has no more items than were seen; the last one has all three.
          assertThat(rows.getLong(2)).isEqualTo(3);
          assertThat(rows.getLong(3)).isEqualTo(3);
          assertThat(rows.getLong(4)).isEqualTo(3);
        }
        assertThat(users).isEqualTo(USERS);
        assertThat(count(statement, "neighbours")).isEqualTo(ITEMS * 2);
        assertThat(count(statement, "quality")).isEqualTo(1);
      }
    }
  }

  private static long count(Statement statement, String table) throws Exception {
    try (var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void sendsEachListToKafkaOnce() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        LocalCluster cluster = LocalCluster.start(RecommendationRun.profile())) {
      run(cluster, "sink: {kafka: {servers: \"%s\", topic: shop}}".formatted(kafka.servers()));

      List<JsonNode> rows = read(kafka, "shop.recommendations");
      assertThat(rows).isNotEmpty();
      assertThat(
              rows.stream()
                  .map(row -> row.get("user") + "/" + row.get("time") + "/" + row.get("rank")))
          .doesNotHaveDuplicates();
      assertThat(rows).allMatch(row -> row.has("score") && row.has("reason") && row.has("version"));
      assertThat(read(kafka, "shop.neighbours")).isNotEmpty();
      assertThat(read(kafka, "shop.quality")).hasSize(1);
    }
  }

  private static List<JsonNode> read(EmbeddedKafka kafka, String topic) throws Exception {
    List<JsonNode> rows = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.servers(), "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        for (var record : consumer.poll(Duration.ofSeconds(1))) {
          rows.add(new ObjectMapper().readTree(record.value()));
        }
      }
    }
    return rows;
  }

  /** Each user acts on half of the items, in an order of its own. */
  private void run(LocalCluster cluster, String sink) throws Exception {
    StringBuilder actions = new StringBuilder("user,item,weight,time\n");
    for (int step = 0; step < ITEMS / 2; step++) {
      for (int user = 0; user < USERS; user++) {
        int item = (user + step * 5) % ITEMS;
        actions.append("%d,%d,%d,%d\n".formatted(user, item, 1 + step, step * USERS + user));
      }
    }
    Path input = Files.writeString(folder.resolve("in.csv"), actions);
    Path settings =
        Files.writeString(
            folder.resolve("settings.yaml"),
            """
            source: {file: {path: "%s", format: csv}}
            fields: {user: user, item: item, weight: weight}
            time: {unit: s}
            prequential: true
            top: 3
            model: {neighbours: 2}
            %s
            """
                .formatted(input, sink));
    PreparedJob job =
        new Launcher(List.of(new RecommendationJob()), name -> null)
            .prepare(
                RecommendationJob.NAME,
                CommandLine.populateCommand(
                    new SettingsOptions(), "--settings", settings.toString()));
    cluster
        .submit(
            "recommendation",
            env -> {
              env.setParallelism(2);
              job.define(env);
            })
        .getJobExecutionResult()
        .get();
  }
}
