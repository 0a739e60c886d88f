package io.weir.jobs.demo;

import io.weir.jobs.demo.Progress.Places;
import io.weir.jobs.demo.rules.LiveRules;
import io.weir.jobs.generator.Account;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.local.SourceMetrics;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;

/** The two jobs between the servers, from the first event to the last row. Used by one thread. */
final class Pipeline {

  /** How long a step may take beyond its time: far more than on any healthy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String TOPIC = "events";
  private static final String GROUP = "weir-demo";
  private static final int PARTITIONS = 4;

  /** Until the generator runs: what is due before is sent at once then. */
  private static final Duration RUN_UP = Duration.ofSeconds(1);

  /** What was generated. */
  record Generated(Account account, int events) {}

  private final String kafka;
  private final Database database;
  private final LocalCluster flink;
  private final LiveRules rules;
  private final Places places;
  private final DemoSettings settings;
  private final Screen screen;
  private final Stop stop;

  Pipeline(
      String kafka,
      Database database,
      LocalCluster flink,
      LiveRules rules,
      Places places,
      DemoSettings settings,
      Screen screen,
      Stop stop) {
    this.kafka = kafka;
    this.database = database;
    this.flink = flink;
    this.rules = rules;
    this.places = places;
    this.settings = settings;
    this.screen = screen;
    this.stop = stop;
  }

  static List<TopicPartition> partitions() {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(each -> new TopicPartition(TOPIC, each))
        .toList();
  }

  /** Generates events for a time, and stops when every row of them is stored. */
  Generated run(Duration length) throws Exception {
    createTopic();
    RunningJob analytics = start("analytics", analytics());
    Instant start = Instant.now().plus(RUN_UP).truncatedTo(ChronoUnit.MILLIS);
    Account account = DemoSettings.account(start);
    int events = DemoSettings.eventsWithin(account, length);
    RunningJob generator = start("generator", generator(start, events));
    Generated generated = new Generated(account, events);
    watch(generator, analytics, generated, length);
    return generated;
  }

  private void createTopic() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
          .all()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private RunningJob start(String name, PreparedJob job) throws Exception {
    stop.check();
    return RunningJob.start(flink, name, job::define);
  }

  private PreparedJob analytics() throws Exception {
    return settings.analytics(
        List.of(
            "source.kafka.servers=" + kafka,
            "store.file=" + places.store(),
            "stamp-folder=" + places.stamps(),
            "sink.postgres.url=" + database.url(),
            "dead-letters.postgres.url=" + database.url()));
  }

  private PreparedJob generator(Instant start, int events) throws Exception {
    return settings.generator(
        List.of(
            "generator.start=" + start,
            "generator.events=" + events,
            "sink.kafka.servers=" + kafka));
  }

  private void watch(
      RunningJob generator, RunningJob analytics, Generated generated, Duration length)
      throws Exception {
    try (Connection connection = database.connect();
        Backlog backlog = new Backlog(kafka, GROUP, partitions())) {
      ProgressReader reader = reader(connection, generator);
      Watch watch = new Watch(reader, rules, screen, stop, places, length);
      watch.until(
          "generating",
          () -> !endedEarly(analytics) && generator.hasFinished(),
          length.plus(RUN_UP).plus(PATIENCE));
      reader.finished(generated.events());
      watch.until("draining", () -> !endedEarly(analytics) && backlog.isEmpty(), PATIENCE);
      Future<String> drained = analytics.drain();
      watch.until("draining", () -> analytics.isDone(drained) && analytics.hasFinished(), PATIENCE);
    }
  }

  private static boolean endedEarly(RunningJob job) throws Exception {
    if (job.hasFinished()) {
      throw new IllegalStateException("somebody stopped a job of the demo");
    }
    return false;
  }

  private ProgressReader reader(Connection connection, RunningJob generator) throws Exception {
    SourceMetrics metrics = new SourceMetrics(flink.address(), generator.id());
    return new ProgressReader(connection, metrics, DemoSettings.lateness());
  }
}
