package io.weir.jobs.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.local.LocalCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Series that nobody here recorded. How good the scores are, benchmarks.md says. */
@Timeout(300)
class AnomalyDataTest {

  private static final int SERIES = 34;

  @TempDir private Path folder;

  private static Path series() {
    Path data =
        Optional.ofNullable(System.getenv("WEIR_SHARED_DATA"))
            .map(Path::of)
            .orElse(Path.of("../../shared/data"));
    Path series = data.resolve("anomaly").resolve("data").toAbsolutePath().normalize();
    Assumptions.assumeTrue(Files.exists(series), series + " is not there");
    return series;
  }

  @Test
  void everyFileComesBackInOrderWithAScoreFromNothingToOneForEachRow() throws Exception {
    Path series = series();
    Path scores = folder.resolve("scores");
    Path dead = folder.resolve("dead");

    try (LocalCluster cluster = AnomalyRun.cluster()) {
      AnomalyRun.run(
          cluster, AnomalyRun.prepare(folder, AnomalyRun.settings(series, scores, dead)), 2);
    }

    assertThat(dead).doesNotExist();
    Map<String, List<String>> written = AnomalyRun.files(scores);
    assertThat(written).hasSize(SERIES);
    for (Map.Entry<String, List<String>> read : AnomalyRun.files(series).entrySet()) {
      List<String> lines = written.getOrDefault(read.getKey(), List.of());
      assertThat(lines).as(read.getKey()).isEqualTo(AnomalyRun.scored(read.getValue()));
      assertThat(lines.subList(1, lines.size()))
          .extracting(line -> Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
          .allMatch(score -> score >= 0 && score < 1);
    }
  }
}
