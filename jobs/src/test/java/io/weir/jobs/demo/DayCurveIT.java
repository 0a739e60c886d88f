package io.weir.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.jobs.Jobs;
import io.weir.jobs.generator.Account;
import io.weir.jobs.generator.GeneratorSettings;
import io.weir.jobs.launch.Launcher;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.launch.SettingsOptions;
import io.weir.jobs.local.EmbeddedKafka;
import io.weir.jobs.local.EmbeddedPostgres;
import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A day of traffic, up until noon and down until midnight, sixty times as fast: generator, Kafka,
 * analytics, PostgreSQL. {@code -Dweir.soak.minutes=} makes the day shorter still.
 */
@EnabledIfSystemProperty(
    named = "weir.soak",
    matches = "true",
    disabledReason = "takes half an hour")
class DayCurveIT {

  private static final Duration DAY =
      Duration.ofMinutes(Integer.getInteger("weir.soak.minutes", 24));
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final String TOPIC = "day";
  private static final String GROUP = "weir-day";
  private static final int PARTITIONS = 4;
  private static final int HOURS = 24;

  /**
   * Rates rise and fall alike: the hours of the third quarter are those of the fourth, backwards.
   */
  private static final double MOST_GROWTH = 1.2;

  @TempDir private Path folder;

  @Test
  void everyEventOfADayCountsOnceAndNothingGrows() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        LocalCluster flink =
            LocalCluster.start(LocalCluster.profile(Path.of("..", "flink-conf", "local")))) {
      createTopic(kafka.servers());
      Database database = Database.of(postgres);
      RunningJob analytics =
          RunningJob.start(flink, "analytics", analytics(kafka, database)::define);
      Instant start = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.MILLIS);
      Account account = new Account(generatorSettings().startingAt(start));
      int events = DemoSettings.eventsWithin(account, DAY);
      RunningJob generator =
          RunningJob.start(flink, "generator", generator(kafka, start, events)::define);

      Samples samples = new Samples(flink.address(), analytics.id());
      samples.takeEach(DAY.dividedBy(HOURS), HOURS);
      drain(kafka, generator, analytics);

      System.out.println(samples);
      try (Connection connection = database.connect()) {
        DayBalance balance = DayBalance.of(kafka.servers(), partitions(), connection, WINDOW);
        System.out.println(balance);
        assertThat(balance.inKafka()).isEqualTo(events);
        assertThat(balance.stored()).isEqualTo(balance.expected());
        assertThat(balance.letters() + balance.counted()).isEqualTo(events);
        assertThat(balance.letters()).isPositive();
      }
      assertThat(samples.heapOfQuarter(4)).isLessThan(MOST_GROWTH * samples.heapOfQuarter(3));
      assertThat(samples.stateOfQuarter(4)).isLessThan(MOST_GROWTH * samples.stateOfQuarter(3));
      assertThat(samples.stateOfQuarter(2)).isLessThan(MOST_GROWTH * samples.stateOfQuarter(1));
    }
  }

  private static List<TopicPartition> partitions() {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(each -> new TopicPartition(TOPIC, each))
        .toList();
  }

  private static void createTopic(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      NewTopic topic = new NewTopic(TOPIC, PARTITIONS, (short) 1);
      admin.createTopics(List.of(topic)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static void drain(EmbeddedKafka kafka, RunningJob generator, RunningJob analytics)
      throws Exception {
    await("all generated").atMost(PATIENCE).until(generator::hasFinished);
    try (Backlog backlog = new Backlog(kafka.servers(), GROUP, partitions())) {
      await("all read").atMost(PATIENCE).until(backlog::isEmpty);
    }
    analytics.drain().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    await("all stored").atMost(PATIENCE).until(analytics::hasFinished);
  }

  private PreparedJob analytics(EmbeddedKafka kafka, Database database) throws Exception {
    String sink = "{postgres: {url: \"%s\", user: postgres, table: %s}}";
    return prepare(
        "analytics",
        """
        source: {kafka: {servers: "%s", topic: %s, group: %s, format: json}}
        schema: {time: time, host: string, url: string, status: long, bytes: long}
        time: {field: time, lateness: 5s, max-ahead: 1min, hold: {rows: 64, for: 2s}}
        group-by: [status]
        window: {tumbling: %ds}
        aggregates: {requests: count, hosts: count_distinct(host), p95: "quantile(bytes, 0.95)"}
        sink: %s
        dead-letters: %s
        """
            .formatted(
                kafka.servers(),
                TOPIC,
                GROUP,
                WINDOW.toSeconds(),
                sink.formatted(database.url(), "traffic"),
                sink.formatted(database.url(), "dead_letters")));
  }

  private static String curve() {
    return """
        generator:
          seed: 24
          pace: real-time
          rate: {base: 1000, amplitude: 900, period: %ds}
          disorder: 5s
          duplicates: 0.005
          late: 0.003
          late-by: 30s
          ahead: {share: 0.002, by: 1d}
          broken: 0.005
        """
        .formatted(DAY.toSeconds());
  }

  private PreparedJob generator(EmbeddedKafka kafka, Instant start, int events) throws Exception {
    return prepare(
        "generator",
        curve()
            + """
              start: "%s"
              events: %d
            sink: {kafka: {servers: "%s", topic: %s}}
            """
                .formatted(start, events, kafka.servers(), TOPIC));
  }

  private GeneratorSettings generatorSettings() throws Exception {
    Path file = Files.writeString(folder.resolve("curve.yaml"), curve());
    Section section = new SettingsFile(new Problems(), name -> null).read(file, List.of());
    return GeneratorSettings.read(section.section("generator"));
  }

  private PreparedJob prepare(String job, String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve(job + ".yaml"), yaml);
    return new Launcher(Jobs.all(), name -> null)
        .prepare(
            job, CommandLine.populateCommand(new SettingsOptions(), "--settings", file.toString()));
  }
}
