package io.weir.jobs.analytics;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.consensus.Change;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.LedgerEntry.Outcome;
import io.weir.consensus.Proposal;
import io.weir.consensus.StoreException;
import io.weir.consensus.http.HttpStore;
import io.weir.jobs.local.BuiltStore;
import io.weir.jobs.local.EmbeddedStore;
import io.weir.jobs.local.FrequentCheckpoints;
import io.weir.jobs.local.LocalCluster;
import io.weir.operators.epoch.verify.EpochCheck;
import io.weir.operators.epoch.verify.NoVerdictException;
import io.weir.operators.epoch.verify.StampFolder;
import io.weir.operators.epoch.verify.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The analytics job follows a store of three nodes while its rules change. */
@Timeout(300)
class LiveAnalyticsIT {

  private static final String JOB = "web-traffic";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void takesConditionAndSizesOfListsFromTheStoreWhileItRuns() throws Exception {
    ReportedMetrics reporting = ReportedMetrics.onFreePort();
    try (EmbeddedStore nodes = EmbeddedStore.start(BuiltStore.program(folder));
        HttpStore store = nodes.connect();
        LocalCluster cluster = LocalCluster.start(reporting.profile())) {
      store.jobs().get(90, SECONDS);
      JobClient job = start(cluster, nodes);

      awaitInForce(store, 1);
      awaitRows(1, 20);
      propose(
          store,
          1,
          "{where: status >= 500, top: {urls: 1}, routing: {strategy: least-backlog, draws: 3}}");
      awaitInForce(store, 2);
      awaitRows(2, 20);
      reporting.assertShowsWhatTheMonitoringFilesName();
      job.cancel().get();

      List<JsonNode> rows = AnalyticsRun.output(folder).rows();
      assertThat(entirelyUnder(rows, 1))
          .allMatch(row -> status(row) < 500 && urls(row) <= 2)
          .anyMatch(row -> urls(row) == 2);
      assertThat(entirelyUnder(rows, 2)).allMatch(row -> status(row) >= 500 && urls(row) == 1);
      assertThat(rows)
          .allMatch(row -> row.get("since_version").asLong() <= row.get("version").asLong());
      assertStampsAreAccepted();
    }
  }

  /** Records are the same in the first two operators, and partial results in the last two. */
  private void assertStampsAreAccepted() throws NoVerdictException {
    Map<String, Set<String>> operators = new HashMap<>();
    StampFolder stamps = StampFolder.open(folder.resolve("stamps"));
    stamps.read(
        sighting ->
            operators
                .computeIfAbsent(sighting.stamp().record(), record -> new TreeSet<>())
                .add(kind(sighting.stamp().operator())));

    Verdict verdict = EpochCheck.of(stamps);

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.isAccepted()).isTrue();
    assertThat(verdict.versions()).isEqualTo(2);
    assertThat(Set.copyOf(operators.values()))
        .contains(Set.of("where", "pre-aggregate"))
        .contains(Set.of("pre-aggregate", "window"));
  }

  /** The window's name says how long it is, too. */
  private static String kind(String operator) {
    return operator.startsWith("window ") ? "window" : operator;
  }

  @Test
  void refusesWhatTheJobsColumnsAndReceiversDoNotAllow() throws Exception {
    try (EmbeddedStore nodes = EmbeddedStore.start(BuiltStore.program(folder));
        HttpStore store = nodes.connect();
        LocalCluster cluster = LocalCluster.start(FrequentCheckpoints.profile())) {
      store.jobs().get(90, SECONDS);
      JobClient job = start(cluster, nodes);
      awaitInForce(store, 1);

      propose(store, 1, "where: colour == 'red'");
      awaitRefused(store, 2, "colour");
      propose(store, 2, "routing: {strategy: random, weights: [1, 1, 1]}");
      awaitRefused(store, 3, "route analytics-route: there is no receiver 2 to have a weight");
      propose(store, 3, "routing: {split-keys: true}");
      awaitRefused(store, 4, "routing: split-keys is for by: group; the settings say by: row");
      assertThatThrownBy(() -> propose(store, 4, "routing: {strategy: random, weights: [0, 0]}"))
          .hasStackTraceContaining("/routing/weights");
      job.cancel().get();

      assertThat(ledger(store))
          .filteredOn(entry -> entry.outcome() == Outcome.IN_FORCE)
          .extracting(LedgerEntry::version)
          .containsOnly(1L);
    }
  }

  private static void awaitRefused(HttpStore store, long version, String reason) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                ledger(store).stream()
                    .filter(entry -> entry.outcome() == Outcome.REFUSED)
                    .filter(entry -> entry.version() == version)
                    .anyMatch(entry -> entry.note().contains(reason)));
  }

  private JobClient start(LocalCluster cluster, EmbeddedStore nodes) throws Exception {
    Path initial =
        Files.writeString(
            folder.resolve("rules.yaml"),
            "{where: status < 500, top: {urls: 2},"
                + " routing: {strategy: weighted-round-robin, weights: [1, 3]}}");
    String yaml =
        """
        name: %s
        store: {file: "%s"}
        initial-configuration: "%s"
        source:
          generator: {seed: 7, events: 100000000, rate: 2000, pace: real-time, format: json,
                      disorder: 100ms, duplicates: 0, late: 0, broken: 0, hosts: 50, urls: 20}
        time: {field: time, lateness: 500ms}
        group-by: [status]
        window: {tumbling: 250ms}
        routing: {by: row}
        stamp: true
        stamp-folder: "%s"
        aggregates: {requests: count, urls: "top(url, 3)"}
        """
            .formatted(JOB, nodes.clientFile(), initial, folder.resolve("stamps"));
    var prepared = AnalyticsRun.prepare(folder, yaml + AnalyticsRun.sinks(folder));
    return cluster.submit("analytics", prepared::define);
  }

  private static void propose(HttpStore store, long expected, String document) throws Exception {
    store
        .propose(Proposal.of(JOB, expected, new Change.Set(document), "test", ""))
        .get(30, SECONDS);
  }

  private static void awaitInForce(HttpStore store, long version) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                ledger(store).stream()
                    .anyMatch(e -> e.outcome() == Outcome.IN_FORCE && e.version() == version));
  }

  private static List<LedgerEntry> ledger(HttpStore store) {
    try {
      return store.ledger(JOB).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException.UnknownJob) {
        return List.of();
      }
      throw e;
    }
  }

  private void awaitRows(long version, int least) {
    await()
        .atMost(PATIENCE)
        .until(() -> entirelyUnder(AnalyticsRun.output(folder).rows(), version).size() >= least);
  }

  private static List<JsonNode> entirelyUnder(List<JsonNode> rows, long version) {
    return rows.stream()
        .filter(row -> row.get("version").asLong() == version)
        .filter(row -> row.get("since_version").asLong() == version)
        .toList();
  }

  private static long status(JsonNode row) {
    return row.get("status").asLong();
  }

  private static int urls(JsonNode row) {
    return row.get("urls").size();
  }
}
