package io.weir.jobs.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.consensus.Change;
import io.weir.consensus.LedgerEntry.Outcome;
import io.weir.consensus.Proposal;
import io.weir.consensus.store.DocumentCheck;
import io.weir.consensus.store.RegisterStore;
import io.weir.jobs.local.LocalCluster;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.verify.EpochCheck;
import io.weir.operators.epoch.verify.StampFolder;
import io.weir.operators.intake.Intake;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.source.ClockedSource;
import io.weir.operators.source.StaticSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys are split and made whole again, in the middle of windows, by the job's live document. */
@Timeout(300)
class SplitSwitchTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String JOB = "orders";
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final int VERSIONS = 6;
  private static final int LINES_OF_A_VERSION = 500;
  private static final String HOT = "key-0";

  // Where the job, in the same process, finds the store of its configuration.
  private static volatile @Nullable RegisterStore store;

  @TempDir private Path folder;

  @Test
  void resultsAreThoseOfWholeKeysAndEachVersionRulesItsRows() throws Exception {
    List<String> lines = lines();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (LocalCluster cluster = cluster();
        RegisterStore opened =
            RegisterStore.inMemory(DocumentCheck.none(), InstantSource.system(), executor)) {
      store = opened;
      HeldLines.releaseUpTo(0);
      propose(opened, 0);
      JobClient job = start(cluster, Files.write(folder.resolve("orders.csv"), lines));

      for (int version = 1; version <= VERSIONS; version++) {
        awaitInForce(opened, version);
        HeldLines.releaseUpTo((long) version * LINES_OF_A_VERSION);
        await().atMost(PATIENCE).until(HeldLines::allAreRead);
        if (version < VERSIONS) {
          propose(opened, version);
        }
      }
      HeldLines.releaseUpTo(Long.MAX_VALUE);
      job.getJobExecutionResult().get();
    } finally {
      executor.shutdown();
    }

    assertThat(results()).isEqualTo(sums(lines));
    assertThat(EpochCheck.of(StampFolder.open(folder.resolve("stamps"))).isAccepted()).isTrue();
    assertThat(receiversOfTheHotKey())
        .hasSize(VERSIONS)
        .allSatisfy(
            (version, receivers) -> assertThat(receivers).hasSize(isSplit(version) ? 2 : 1));
  }

  private static boolean isSplit(long version) {
    return version % 2 == 0;
  }

  private static LocalCluster cluster() throws Exception {
    return LocalCluster.start(
        AnalyticsRun.profile()
            .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100))
            .set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ZERO));
  }

  /** Lines of key, amount and time: half of them have one key, and a window has some 700. */
  private static List<String> lines() {
    Random random = new Random(5);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < VERSIONS * LINES_OF_A_VERSION; i++) {
      String key = random.nextBoolean() ? HOT : "key-" + random.nextInt(40);
      lines.add(key + "," + random.nextInt(1000) + "," + START.plusMillis(14L * i).toEpochMilli());
    }
    return lines;
  }

  private static Map<String, List<Long>> sums(List<String> lines) {
    Map<String, List<Long>> sums = new TreeMap<>();
    for (String line : lines) {
      String[] fields = line.split(",", -1);
      long window = Long.parseLong(fields[2]) / 10_000 * 10_000;
      sums.merge(
          Instant.ofEpochMilli(window) + " " + fields[0],
          List.of(1L, Long.parseLong(fields[1])),
          (one, other) -> List.of(one.get(0) + other.get(0), one.get(1) + other.get(1)));
    }
    return sums;
  }

  private Map<String, List<Long>> results() throws Exception {
    Map<String, List<Long>> results = new TreeMap<>();
    for (JsonNode row : AnalyticsRun.output(folder).rows()) {
      String group = row.get("window_start").textValue() + " " + row.get("key").textValue();
      List<Long> result = List.of(row.get("orders").asLong(), row.get("total").asLong());
      assertThat(results.put(group, result)).as(group).isNull();
    }
    return results;
  }

  /** By version: which subtasks took rows of the hot key. */
  private Map<Long, Set<Integer>> receiversOfTheHotKey() throws Exception {
    Map<Long, Set<Integer>> receivers = new HashMap<>();
    StampFolder.open(folder.resolve("stamps"))
        .read(
            sighting -> {
              var stamp = sighting.stamp();
              if (stamp.operator().equals("pre-aggregate")
                  && stamp.record().startsWith(HOT + ",")) {
                receivers
                    .computeIfAbsent(stamp.version(), version -> new TreeSet<>())
                    .add(stamp.subtask());
              }
            });
    return receivers;
  }

  private static void propose(RegisterStore opened, long expected) {
    String document = "{routing: {split-keys: " + isSplit(expected + 1) + "}}";
    opened.propose(Proposal.of(JOB, expected, new Change.Set(document), "test", "")).join();
  }

  private static void awaitInForce(RegisterStore opened, long version) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                opened.ledger(JOB).join().stream()
                    .anyMatch(
                        entry ->
                            entry.outcome() == Outcome.IN_FORCE && entry.version() == version));
  }

  private JobClient start(LocalCluster cluster, Path lines) throws Exception {
    AnalyticsSettings settings = settings(lines);
    return cluster.submit(
        "orders",
        env -> {
          env.setParallelism(4);
          AnalyticsJob.define(intake(env, lines, settings), settings);
        });
  }

  private AnalyticsSettings settings(Path lines) throws Exception {
    AnalyticsSettings read =
        AnalyticsRun.settings(
            folder,
            """
            name: %s
            store: {embedded: true}
            source: {file: {path: "%s", format: json}}
            schema: {key: string, amount: long, time: long}
            time: {field: time, unit: ms}
            group-by: [key]
            window: {tumbling: 10s}
            routing: {by: group}
            stamp: true
            stamp-folder: "%s"
            aggregates: {orders: count, total: sum(amount)}
            """
                    .formatted(JOB, lines, folder.resolve("stamps"))
                + AnalyticsRun.sinks(folder));
    return new AnalyticsSettings(
        read.input(),
        read.plan(),
        EpochSettings.following(JOB, () -> Objects.requireNonNull(store)),
        read.sink(),
        read.deadLetters());
  }

  private static Intake<Row> intake(
      StreamExecutionEnvironment env, Path lines, AnalyticsSettings settings) {
    return Intake.behind(
        env.fromSource(
            new ClockedSource<>(new StaticSource(HeldLines.of(lines))),
            WatermarkStrategy.noWatermarks(),
            "lines"),
        new OrderLines(settings.plan().rows()),
        new RowTypeInfo(settings.plan().rows()),
        settings.input().limits(),
        "gate");
  }
}
