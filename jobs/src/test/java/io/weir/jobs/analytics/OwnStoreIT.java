package io.weir.jobs.analytics;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.LedgerEntry.Outcome;
import io.weir.consensus.Proposal;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.live.OwnStore;
import io.weir.jobs.local.BuiltStore;
import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.local.StoreBeside;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job with {@code store: {embedded: true}}, as {@code weir run} runs it. */
@Timeout(300)
class OwnStoreIT {

  private static final String JOB = "analytics";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private final List<String> notes = new ArrayList<>();

  private PreparedJob job(String store) throws Exception {
    Path initial = Files.writeString(folder.resolve("rules.yaml"), "where: status < 500");
    String yaml =
        """
        store: %s
        initial-configuration: "%s"
        source:
          generator: {seed: 7, events: 100000000, rate: 2000, pace: real-time, format: json}
        time: {field: time, lateness: 500ms}
        group-by: [status]
        window: {tumbling: 1s}
        aggregates: {requests: count}
        """
            .formatted(store, initial);
    return AnalyticsRun.prepare(folder, yaml + AnalyticsRun.sinks(folder));
  }

  private StoreBeside beside() throws Exception {
    return new StoreBeside(BuiltStore.program(folder), notes::add);
  }

  /** Runs the job until a version is in force, and then proposes the next one. */
  private static void runUntil(PreparedJob job, OwnStore own, long version) {
    try (LocalCluster cluster = LocalCluster.start(AnalyticsRun.profile());
        ConfigurationStore store = own.open()) {
      JobClient running = cluster.submit(JOB, job::define);
      awaitInForce(store, version);
      Change next = new Change.Set("where: status >= 500");
      store.propose(Proposal.of(JOB, version, next, "test", "")).get(30, SECONDS);
      awaitInForce(store, version + 1);
      running.cancel().get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitInForce(ConfigurationStore store, long version) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                store.ledger(JOB).get(30, SECONDS).stream()
                    .anyMatch(e -> e.outcome() == Outcome.IN_FORCE && e.version() == version));
  }

  @Test
  void beginsWithItsInitialConfigurationAndLeavesNothingBehind() throws Exception {
    PreparedJob job = job("{embedded: true}");
    OwnStore own = job.ownStore().orElseThrow();

    beside().during(own, () -> runUntil(job, own, 1));

    assertThat(notes)
        .containsExactly("configuration: ./weir config get analytics --store " + own.clientFile());
    assertThat(Path.of(own.folder())).doesNotExist();
  }

  @Test
  void goesOnWhereItWasIfItsDataIsKept() throws Exception {
    PreparedJob job = job("{embedded: true, data: \"%s\"}".formatted(folder.resolve("store")));
    OwnStore own = job.ownStore().orElseThrow();

    beside().during(own, () -> runUntil(job, own, 1));
    beside().during(own, () -> runUntil(job, own, 2));

    assertThat(own.clientFile()).exists();
  }
}
