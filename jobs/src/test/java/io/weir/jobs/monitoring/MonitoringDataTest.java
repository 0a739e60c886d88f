package io.weir.jobs.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.local.LocalCluster;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real spans, whose rates, durations and edges are known. */
@Timeout(180)
class MonitoringDataTest {

  private static LocalCluster cluster;
  private static SelfTimeAnswers selfTimes;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    selfTimes = SelfTimeAnswers.read();
    cluster = LocalCluster.start(MonitoringRun.profile());
  }

  @AfterAll
  static void stop() throws IOException {
    // Skipped where there is no data, and then there is no cluster either.
    if (cluster != null) {
      cluster.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, exact, hashmap", "2, sketch, rocksdb", "4, exact, hashmap"})
  void givesTheAnswerOfEveryMinuteServiceAndEdge(
      int parallelism, String quantiles, String stateBackend) throws Exception {
    MonitoringRun run = new MonitoringRun(folder).keepingStateIn(stateBackend);

    run.run(
        cluster,
        parallelism,
        """
        source: {file: {path: "%s", format: otlp-json}}
        quantiles: %s
        alerts: {rules: "%s"}
        """
            .formatted(TrainTicket.spans(), quantiles, SelfTimeAnswers.rules(folder)));

    assertThat(run.deadLetters()).isEmpty();
    RedAnswers.assertAll(run, quantiles.equals("exact") ? 0 : 0.01);
    selfTimes.assertTold(run.table("alerts"));
  }
}
