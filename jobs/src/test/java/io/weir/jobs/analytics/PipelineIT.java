package io.weir.jobs.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.jobs.analytics.Portions.Event;
import io.weir.jobs.analytics.Portions.Fate;
import io.weir.jobs.analytics.Portions.Window;
import io.weir.jobs.analytics.Watch.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Kafka, analytics, PostgreSQL and Kafka, with failures, rescaling and a partition that falls
 * silent: nothing is lost, nothing doubled, and a finished window never changes.
 */
@Timeout(180)
class PipelineIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long SEED = Long.getLong("seed", 7);
  private static final Pattern CLOSED_WINDOW =
      Pattern.compile(
          "(\\d+) rows of group \\[status=(\\w+)] came when their window from (\\S+) to .*");

  private static Servers servers;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    servers = Servers.start();
  }

  @AfterAll
  static void stop() throws Exception {
    servers.close();
  }

  private static Feed feed(String topic, int partitions, int silent) throws Exception {
    return new Feed(servers.kafka().servers(), topic, partitions, silent, SEED);
  }

  private static String line(@Nullable String settings) {
    return settings == null ? "" : "\n" + settings;
  }

  private AnalyticsSettings settings(Feed feed, Target target, String more) throws Exception {
    return AnalyticsRun.settings(
        folder,
        feed.settings(servers.kafka().servers()) + Portions.PLAN + target.settings() + more);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unrouted | 1 |",
        "by_row   | 0 | routing: {by: row, strategy: weighted-round-robin, weights: [1, 3]}",
        "by_group | 0 | routing: {by: group, split-keys: true}"
      })
  void storesEachRowOnceInPostgresAcrossTwoFailures(
      String name, int silent, @Nullable String routing) throws Exception {
    try (Feed feed = feed("to-postgres-" + name, 3, silent);
        Target target = new PostgresTarget(servers, "twice_failed_" + name);
        Watch watch = new Watch(target.look())) {
      runWithTwoFailures(feed, target, watch, line(routing));

      assertExactlyOnce(feed, target, watch);
    }
  }

  @Test
  void sendsEachRecordOnceToKafkaAcrossTwoFailures() throws Exception {
    try (Feed feed = feed("to-kafka", 3, 0);
        Target target = new KafkaTarget(servers, "once", "exactly-once");
        Watch watch = new Watch(target.look())) {
      runWithTwoFailures(feed, target, watch);

      assertExactlyOnce(feed, target, watch);
    }
  }

  @Test
  void repeatsRecordsAcrossTheSameFailuresWhereThatIsAllowed() throws Exception {
    try (Feed feed = feed("to-kafka-again", 3, 0);
        Target target = new KafkaTarget(servers, "again", "at-least-once");
        Watch watch = new Watch(target.look())) {
      runWithTwoFailures(feed, target, watch);

      List<Result> results = target.results();
      assertThat(new HashSet<>(results)).isEqualTo(new HashSet<>(results(feed.rows())));
      assertThat(results).as("seed %d", SEED).hasSizeGreaterThan(feed.rows().size());
      assertThat(target.deadLetters()).containsAll(feed.deadLetters());
      assertThat(watch.violations()).anyMatch(each -> each.endsWith("seen before its checkpoint"));
    }
  }

  private void runWithTwoFailures(Feed feed, Target target, Watch watch) throws Exception {
    runWithTwoFailures(feed, target, watch, "");
  }

  private void runWithTwoFailures(Feed feed, Target target, Watch watch, String more)
      throws Exception {
    RunningJob job = RunningJob.start(servers.flink(), settings(feed, target, more), 2);
    try {
      long first = checkpointAfterTwoPortions(job, feed, watch);
      long second = failAtARow(job, feed, target, watch, first);
      failAtASnapshot(job, feed, watch, second);
      watch.allow(Long.MAX_VALUE);
      job.drain();
    } finally {
      job.cancelIfRunning();
    }
  }

  private static long checkpointAfterTwoPortions(RunningJob job, Feed feed, Watch watch)
      throws Exception {
    Set<Long> events = feed.sendPortion();
    events.addAll(feed.sendPortion());
    job.awaitRead(events, feed.watermark());
    long checkpoint = checkpoint(job, feed, watch);
    awaitSeen(watch, feed.closedRows());
    return checkpoint;
  }

  private static long failAtARow(
      RunningJob job, Feed feed, Target target, Watch watch, long checkpoint) throws Exception {
    Set<Long> events = feed.sendPortion();
    job.awaitRead(events, feed.watermark());
    awaitSent(target, feed.closedRows());
    job.board().failAtNextRow();
    events.addAll(feed.sendPortion());
    assertThat(job.awaitRestored()).isEqualTo(checkpoint);
    job.awaitRecoveries("1, last from checkpoint " + checkpoint);
    job.awaitRead(events, feed.watermark());
    return checkpoint(job, feed, watch);
  }

  private static void failAtASnapshot(RunningJob job, Feed feed, Watch watch, long checkpoint)
      throws Exception {
    Set<Long> events = feed.sendPortion();
    job.awaitRead(events, feed.watermark());
    job.board().failAtNextSnapshot(watch::awaitLooks);
    assertThat(job.tryCheckpoint()).isEmpty();
    assertThat(job.awaitRestored()).isEqualTo(checkpoint);
    job.awaitRecoveries("2, last from checkpoint " + checkpoint);
    events.addAll(feed.sendPortion());
    job.awaitRead(events, feed.watermark());
    checkpoint(job, feed, watch);
  }

  private static long checkpoint(RunningJob job, Feed feed, Watch watch) {
    watch.allow(feed.watermark());
    return job.checkpoint();
  }

  private static void awaitSeen(Watch watch, Map<Window, String> rows) {
    assertThat(rows).isNotEmpty();
    await("rows seen")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(watch.seen()).containsKeys(rows.keySet().toArray(new Window[0])));
  }

  // So that the failure finds rows on their way.
  private static void awaitSent(Target target, Map<Window, String> rows) {
    if (target instanceof KafkaTarget) {
      await("rows sent").atMost(PATIENCE).until(() -> target.sent().containsAll(results(rows)));
    }
  }

  private static List<Result> results(Map<Window, String> rows) {
    List<Result> results = new ArrayList<>();
    rows.forEach((window, row) -> results.add(new Result(window, row)));
    return results;
  }

  private static void assertExactlyOnce(Feed feed, Target target, Watch watch) throws Exception {
    awaitSeen(watch, feed.rows());
    assertThat(target.results())
        .as("seed %d", SEED)
        .containsExactlyInAnyOrderElementsOf(results(feed.rows()));
    assertThat(target.deadLetters())
        .as("seed %d", SEED)
        .containsExactlyInAnyOrderElementsOf(feed.deadLetters());
    assertThat(watch.violations()).as("seed %d", SEED).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unrouted | 1 |",
        "by_row   | 0 | routing: {by: row, strategy: random, weights: [1, 2]}"
      })
  void givesTheSameResultsInTwoThenThreeThenOneSubtasks(
      String name, int silent, @Nullable String routing) throws Exception {
    try (Feed feed = feed("rescaled-" + name, 3, silent);
        Target target = new PostgresTarget(servers, "rescaled_" + name);
        Watch watch = new Watch(target.look())) {
      AnalyticsSettings settings = settings(feed, target, line(routing));
      RunningJob two = RunningJob.start(servers.flink(), settings, 2);
      String first = stopAfterTwoPortions(two, feed, watch);
      RunningJob three = RunningJob.restore(servers.flink(), settings, 3, first);
      String second = stopAfterTwoPortions(three, feed, watch);
      RunningJob one = RunningJob.restore(servers.flink(), settings, 1, second);
      Set<Long> events = feed.sendPortion();
      one.awaitRead(events, feed.watermark());
      watch.allow(Long.MAX_VALUE);
      one.drain();

      assertExactlyOnce(feed, target, watch);
    }
  }

  private static String stopAfterTwoPortions(RunningJob job, Feed feed, Watch watch)
      throws Exception {
    Set<Long> events = feed.sendPortion();
    job.awaitRead(events, feed.watermark());
    checkpoint(job, feed, watch);
    events = feed.sendPortion();
    job.awaitRead(events, feed.watermark());
    watch.allow(feed.watermark());
    return job.stop();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"unrouted |", "by_group | routing: {by: group, split-keys: true}"})
  void refusesRowsOfClosedWindowsFromAPartitionThatWasSilent(String name, @Nullable String routing)
      throws Exception {
    try (Feed feed = feed("silent-" + name, 1, 1);
        PostgresTarget target = new PostgresTarget(servers, "silent_" + name);
        Watch watch = new Watch(target.look())) {
      RunningJob job = RunningJob.start(servers.flink(), settings(feed, target, line(routing)), 2);
      Set<Long> events = feed.send(1, feed.portions().next(0));
      // Before the other partition's: it may be idle at any time, and its windows closed.
      job.awaitRead(events, Long.MIN_VALUE);
      for (int i = 0; i < 4; i++) {
        events.addAll(feed.sendPortion());
      }
      job.awaitRead(events, feed.watermark());
      checkpoint(job, feed, watch);
      awaitSeen(watch, feed.closedRows());

      List<Event> back = comingBack(feed);
      Set<Long> ids = new HashSet<>();
      back.forEach(event -> ids.add(event.id()));
      feed.send(1, back);
      job.awaitRead(ids, Long.MIN_VALUE);
      watch.allow(Long.MAX_VALUE);
      job.drain();

      awaitSeen(watch, feed.rows());
      assertThat(target.results()).containsExactlyInAnyOrderElementsOf(results(feed.rows()));
      assertThat(watch.violations()).isEmpty();
      assertThat(refusedByWindow(target)).isEqualTo(countByWindow(back));
      assertThat(target.deadLetters()).containsAll(feed.deadLetters());
    }
  }

  /** As many events of each group, for two windows that are closed and one that is not. */
  private static List<Event> comingBack(Feed feed) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String status = "s" + i % 3;
      events.add(feed.portions().event(Portions.startOf(1) + i, status, Fate.CLOSED));
      events.add(feed.portions().event(Portions.startOf(2) + i, status, Fate.CLOSED));
    }
    for (int i = 0; i < 30; i++) {
      events.add(feed.portions().event(Portions.startOf(4) + i, "s" + i % 3, Fate.GOOD));
    }
    return events;
  }

  private static Map<Window, Long> countByWindow(List<Event> events) {
    Map<Window, Long> counts = new HashMap<>();
    Portions.windows(events, Fate.CLOSED)
        .forEach((window, inside) -> counts.put(window, (long) inside.size()));
    return counts;
  }

  private static Map<Window, Long> refusedByWindow(PostgresTarget target) throws Exception {
    Map<Window, Long> counts = new HashMap<>();
    for (String letter : target.deadLetters("reason || ': ' || detail")) {
      Matcher matcher = CLOSED_WINDOW.matcher(letter.replaceFirst("^late: ", ""));
      if (matcher.matches()) {
        Window window = new Window(Instant.parse(matcher.group(3)), matcher.group(2));
        counts.merge(window, Long.parseLong(matcher.group(1)), Long::sum);
      }
    }
    return counts;
  }
}
