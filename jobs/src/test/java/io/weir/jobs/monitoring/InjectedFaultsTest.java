package io.weir.jobs.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.monitoring.InjectedFaults.Fault;
import io.weir.jobs.monitoring.preview.Transition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How well the rules that ship find faults; the docs say the same. */
@Timeout(180)
class InjectedFaultsTest {

  // A window stays open for two minutes; self times are told 20 s behind it. Here, all alerts are.
  private static final Duration LATENESS = Duration.ofSeconds(140);
  private static final Instant TEN = Instant.parse("2023-01-29T10:00:00Z");

  @TempDir private Path folder;

  @Test
  void theDocsSayWhatTheDefaultRulesFind() throws Exception {
    MonitoringRun run = new MonitoringRun(folder);
    String settings = "source: {file: {path: \"%s\", format: otlp-json}}\n";
    String yaml = settings.formatted(TrainTicket.spans());
    try (LocalCluster cluster = LocalCluster.start(MonitoringRun.profile())) {
      run.run(cluster, 2, yaml);
    }
    List<Instant> minutes =
        run.table("red_by_service").stream()
            .map(row -> Instant.parse(row.get("window_start").asText()))
            .toList();

    List<String> table =
        InjectedFaults.read(TrainTicket.faults(), LATENESS)
            .table(Transition.read(folder.resolve("out").resolve("alerts")), minutes);

    assertThat(Files.readAllLines(Path.of("..", "docs", "alerts.md"))).containsAll(table);
  }

  @Test
  void onlyAnAlertOnTheFaultyServiceInTimeFindsAFault() {
    InjectedFaults faults =
        new InjectedFaults(
            List.of(
                new Fault(TEN, "return", "a"), new Fault(TEN.plusSeconds(3600), "exception", "b")),
            LATENESS);
    List<Transition> transitions =
        List.of(fired("a", 60), fired("b", 60), fired("b", 3500), fired("b", 3600 + 121));

    List<String> table = faults.table(transitions, List.of(TEN, TEN, TEN.plusSeconds(3600)));

    assertThat(table)
        .containsExactly(
            "| cpu_contention | 0 | 0 | - | 0 | 0.0 | NaN |",
            "| exception | 1 | 0 | - | 2 | 0.0 | 120.00 |",
            "| return | 1 | 1 | 200 to 200 s | 1 | 0.0 | 30.00 |");
  }

  private static Transition fired(String service, long seconds) {
    Instant at = TEN.plusSeconds(seconds);
    return new Transition(
        at, "slow", "warning", service, service, "firing", "inactive", at.minusSeconds(60), "3");
  }
}
